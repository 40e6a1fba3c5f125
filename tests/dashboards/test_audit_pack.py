"""The audit pack: verified by Python alone, sensitive to every byte, the same on every run, and equal to the marts."""

import csv
import importlib.util
import io
import json
import random
import shutil
import stat
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboards import packs
from dashboards.reports.audit_pack.document import compose
from dashboards.reports.audit_pack.facts import NoSuchProgrammeError, gather
from dashboards.reports.audit_pack.pack import VERIFIER, Registered, pack_files
from dashboards.reports.audit_pack.sampling import drawn, stratified
from dashboards.reports.audit_pack.signing import KeyFileError, fingerprint, make_key, public_bytes, read_key
from dashboards.translations import Words
from ingest.paths import DataDir
from ingest.state.register import NewPublication, Register
from ingest.state.restatements import RestatementLog
from ingest.state.store import StateStore
from orchestration.restating.published_log import publish_log

PROGRAMME = "shiqiao-01-s-build"
REGISTERED = Registered("20261102T010000Z-000000000000", 1, *(letter * 64 for letter in "abcdef"))


@pytest.fixture(scope="module")
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="module")
def facts(published_world):
    return gather((published_world / "published" / "all" / "marts.duckdb").resolve(), PROGRAMME, "seed-1")


@pytest.fixture(scope="module")
def files(facts, key) -> dict[str, bytes]:
    return pack_files(facts, REGISTERED, key)


@pytest.fixture
def pack(files, tmp_path) -> Path:
    return _written(files, tmp_path / "pack")


def _written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _verify(folder: Path, *arguments: str) -> tuple[int, str]:
    """As a reader would: another Python process, without this project."""
    outcome = subprocess.run(
        [sys.executable, "-I", folder / "verify.py", *arguments], capture_output=True, text=True, check=False, cwd="/"
    )
    return outcome.returncode, outcome.stdout + outcome.stderr


def _checker(folder: Path):
    """The verifier as a module over a folder, which saves a process for each of a hundred changes."""
    spec = importlib.util.spec_from_file_location("pack_verifier", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PACK = folder

    def faults(*told: str) -> list[str]:
        try:
            return module.check(*told)
        except Exception as error:  # the verifier's own last resort
            return [str(error) or type(error).__name__]

    return faults


def test_the_pack_verifies_with_python_alone_and_the_fingerprint_that_was_told(pack, key):
    code, said = _verify(pack, fingerprint(key))
    assert code == 0, said
    assert "Nothing was changed" in said
    assert f"key {fingerprint(key)}" in said


def test_the_verifier_is_short_and_needs_nothing_but_the_standard_library():
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_one_changed_bit_is_found_in_every_file_of_the_pack(pack, files):
    faults = _checker(pack)
    assert faults() == []
    unseen = []
    for name, content in files.items():
        place = random.Random(name).randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= 1
        (pack / name).write_bytes(bytes(changed))
        if not faults():
            unseen.append((name, place))
        (pack / name).write_bytes(content)
    assert unseen == []
    assert faults() == []


def test_every_bit_of_the_signature_counts(pack, files):
    faults = _checker(pack)
    for place in (0, 31, 32, 63):
        changed = bytearray(files["manifest.sig"])
        changed[place] ^= 0x80
        (pack / "manifest.sig").write_bytes(bytes(changed))
        assert faults()


def test_a_missing_file_is_found_whichever_it_is(pack, files):
    faults = _checker(pack)
    unseen = []
    for name, content in files.items():
        (pack / name).unlink()
        if not faults():
            unseen.append(name)
        (pack / name).write_bytes(content)
    assert unseen == []


def test_an_added_file_and_a_link_in_place_of_a_file_are_found(pack, tmp_path):
    (pack / "tables" / "more.csv").write_text("a\n")
    code, said = _verify(pack)
    assert (code, "tables/more.csv is missing or was added" in said) == (1, True)
    (pack / "tables" / "more.csv").unlink()
    shutil.move(pack / "tables.xlsx", tmp_path / "elsewhere.xlsx")
    (pack / "tables.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    assert _verify(pack)[0] == 1


def test_a_pack_that_somebody_else_signed_anew_is_found_by_the_fingerprint(facts, key, tmp_path):
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    forged = _written(pack_files(facts, REGISTERED, other), tmp_path / "forged")
    code, said = _verify(forged, fingerprint(key))
    assert (code, "the key is not the one told" in said) == (1, True)
    swapped = _written(pack_files(facts, REGISTERED, key) | {"manifest.sig": b"\0" * 64}, tmp_path / "swapped")
    assert _verify(swapped)[0] == 1


def test_headline_figures_that_do_not_follow_from_the_tables_are_found_even_under_a_good_signature(
    files, key, tmp_path
):
    manifest = json.loads(files["manifest.json"])
    manifest["headline"]["earned_cny_fen_lower"] += 1
    text = json.dumps(manifest).encode()
    folder = _written(files | {"manifest.json": text, "manifest.sig": key.sign(text)}, tmp_path / "pack")
    code, said = _verify(folder, fingerprint(key))
    assert (code, "earned_cny_fen_lower: the tables say" in said) == (1, True)


def test_the_signature_check_agrees_with_the_library(key):
    spec = importlib.util.spec_from_file_location("pack_verifier", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for length in range(3):
        message = bytes(length)
        signature = key.sign(message)
        assert module.is_signed(message, signature, public_bytes(key))
        assert not module.is_signed(message + b"x", signature, public_bytes(key))
        too_large = (int.from_bytes(signature[32:], "little") + module.L).to_bytes(32, "little")
        assert not module.is_signed(message, signature[:32] + too_large, public_bytes(key))


def test_the_same_version_seed_and_key_give_the_same_bytes(published_world, files, key):
    path = (published_world / "published" / "all" / "marts.duckdb").resolve()
    again = pack_files(gather(path, PROGRAMME, "seed-1"), REGISTERED, key)
    assert again.keys() == files.keys()
    assert [name for name, content in again.items() if files[name] != content] == []


def test_headline_figures_are_those_of_the_marts(files, sql):
    headline = json.loads(files["manifest.json"])["headline"]
    settled = sql("select * from fct_programme__settlement where programme_id = ?", PROGRAMME)[0]
    money = {name: value for name, value in headline.items() if " " not in name}
    assert money == {name: settled[name] for name in money}
    rates = {name: value for name, value in headline.items() if " " in name}
    assert {name.split("/")[0] for name in rates} == {"racked_device_avg", "lit_of_racked"}
    for name, value in rates.items():
        figure_id, bound = name.split(" ")
        assert sql(f"select {bound} as value from fct_figure where figure_id = ?", figure_id)[0]["value"] == value


def test_the_manifest_names_every_raw_file_of_the_center_and_what_the_figures_stand_on(files, sql):
    manifest = json.loads(files["manifest.json"])
    own = "select source_sha256 from fct_file__intake where center_id is null or center_id = ?"
    received = {row["source_sha256"] for row in sql(own, manifest["center_id"])}
    assert manifest["raw_files"].keys() == received
    assert manifest["registered"]["register_head"] == "f" * 64
    assert {"code_version", "policy_version", "as_of_at", "seed"} <= manifest.keys()
    assert manifest["files"].keys() == files.keys() - {"manifest.json", "manifest.sig"}


def test_no_private_key_is_in_the_pack(files, key):
    private = key.private_bytes_raw()
    assert [name for name, content in files.items() if private in content or b"PRIVATE" in content] == []


def test_evidence_has_file_line_and_hash_and_exceptions_have_a_reason(files):
    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(files[f"tables/{name}.csv"].decode("utf-8-sig").splitlines()))

    evidence, exceptions = rows("evidence"), rows("exceptions_register")
    assert evidence
    assert exceptions
    assert all(row["source_sha256"] and row["original_name"] and int(row["source_line"]) > 0 for row in evidence)
    assert all(row["reason_code"] for row in exceptions)
    assert len(rows("drill_down_figures")) == 3
    assert rows("drill_down_lines")


def test_lots_are_drawn_from_every_stratum_in_proportion_and_by_the_seed():
    strata = {"a": [f"a{n}" for n in range(60)], "b": [f"b{n}" for n in range(30)], "c": ["c0"]}
    found = stratified(strata, 59, "s")
    assert {name: len(members) for name, members in found.items()} == {"a": 39, "b": 19, "c": 1}
    assert found == stratified(strata, 59, "s") != stratified(strata, 59, "t")
    assert stratified({"a": ["x", "y"]}, 59, "s")["a"] == drawn(["y", "x"], 2, "s")


def test_inspecting_59_cards_with_none_missing_bounds_the_missing_share_at_5_percent(sql):
    plans = sql("select * from fct_center__inspection_plan where sample_size < card_count")
    assert plans
    for plan in plans:
        assert (plan["sample_size"], plan["missing_ratio"]) == (59, 0.05)
        assert plan["chance_of_none_missing"] == pytest.approx(0.048495, abs=5e-7)


def test_a_private_key_is_its_owners_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "key.pem"
    key = make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_bytes(read_key(path)) == public_bytes(key)
    with pytest.raises(KeyFileError, match="never overwritten"):
        make_key(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="Others than its owner"):
        read_key(path)
    with pytest.raises(KeyFileError, match="keygen"):
        read_key(tmp_path / "none.pem")


def test_the_command_makes_a_key_and_a_pack_that_verifies_and_leaves_other_files_alone(
    published_world, tmp_path, monkeypatch
):
    from orchestration.cli import main

    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))
    run, key_path, out = CliRunner().invoke, tmp_path / "key.pem", tmp_path / "pack"
    arguments = ["audit-pack", "--programme", PROGRAMME, "--key", str(key_path), "--out", str(out)]
    assert "racklight audit-pack keygen" in run(main, arguments).output
    made = run(main, ["audit-pack", "keygen", "--key", str(key_path)])
    assert made.exit_code == 0, made.output
    printed = made.output.split()[-1]
    written = run(main, arguments)
    assert written.exit_code == 0, written.output
    assert f"key fingerprint {printed}" in written.output
    code, said = _verify(out, printed)
    assert code == 0, said
    (out / "note.txt").write_text("mine")
    again = run(main, arguments)
    assert (again.exit_code, "holds other files" in again.output) == (1, True)


@pytest.fixture(scope="module")
def own_folder(published_world, tmp_path_factory) -> DataDir:
    """A data folder of its own for keys and reports, over what the published world received and says."""
    root = tmp_path_factory.mktemp("packs")
    for name in ("raw", "published"):
        (root / name).symlink_to(published_world / name)
    shutil.copytree(published_world / "state", root / "state")
    return DataDir(root)


def test_dagster_makes_the_pack_of_every_subsidy_and_a_page_hands_it_out_while_nothing_in_it_was_changed(
    own_folder, open_page, monkeypatch, sql
):
    from orchestration.assets.reports import audit_packs
    from orchestration.resources import Data

    resources = {"data": Data(root=str(own_folder.root))}
    assert not dg.materialize([audit_packs], resources=resources, raise_on_error=False).success, "there is no key yet"
    key = make_key(own_folder.audit_key_file)
    assert dg.materialize([audit_packs], resources=resources).success
    folders = {path.name: path for path in (own_folder.reports / "audit").iterdir()}
    programmes = {row["programme_id"] for row in sql("select programme_id from fct_programme__settlement")}
    assert {name.rsplit("-", 2)[0] for name in folders} == programmes
    folder = next(path for name, path in folders.items() if name.startswith(PROGRAMME))
    assert _verify(folder, fingerprint(key))[0] == 0

    def page():
        # the page looks for packs where the data folder is; its marts stand there too
        monkeypatch.setattr(packs.DataDir, "from_env", lambda: own_folder)
        return open_page("audit_pack", lang="en", center="shiqiao-01", programme=PROGRAMME)

    app = page()
    assert app.main.get("download_button")
    assert any(fingerprint(key) in code.value for code in app.code)
    whole = packs.find(PROGRAMME, folder.name.removeprefix(f"{PROGRAMME}-"))
    with zipfile.ZipFile(io.BytesIO(whole.archive())) as archive:
        inside = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    assert inside == {path.relative_to(folder).as_posix(): path.read_bytes() for path in whole.files.values()}
    (folder / "tables" / "users.csv").write_bytes(b"changed")
    app = page()
    assert not app.main.get("download_button")
    assert "was changed after it was made" in app.error[0].value


def test_figures_that_were_restated_stand_in_the_log_of_the_pack_with_their_causes(published_world, tmp_path):
    """Two publications in a register, of which the later one is the published file; only the split is by hand."""
    data_dir = DataDir(tmp_path)
    source = (published_world / "published" / "all" / "marts.duckdb").resolve()
    path = data_dir.published / "all" / source.name
    path.parent.mkdir(parents=True)
    path.symlink_to(source)
    store, version = StateStore(data_dir), source.stem.removeprefix("marts-")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    for name, inputs in (("20261101T010000Z-0", {"a": 1}), (version, {"a": 1, "b": 1})):
        Register(store).record(NewPublication("all", name, at, "code", {}, inputs, {}))
    said = {
        "metric_id": "lit_of_racked", "basis": "technical", "period_grain": "month", "unit": "ratio",
        "period_start": "2026-09-01", "period_end": "2026-10-01", "was_open": False, "causes": ["late_data"],
        "definition_kinds": [], "measures": {"lower": {"before": "0.3", "after": "0.4", "late_data": "0.1"}},
    }  # fmt: skip
    figures = {f"lit/{center}": said | {"center_id": center} for center in ("shiqiao-01", "yangzhou-01")}
    summary = {"brought_by": [], "restated_count": 2, "added_count": 0, "withdrawn_count": 0}
    RestatementLog(store).record(1, 2, summary, figures)
    publish_log(data_dir)
    facts = gather(path, PROGRAMME, "seed-1")
    (row,) = facts.rows("restatement_log")
    assert (row["figure_id"], float(row["value_before"]), float(row["late_data"])) == ("lit/shiqiao-01", 0.3, 0.1)
    assert facts.compared_count == 1
    answer = Words("en")("pack.restated_answer", count=1, compared=1)
    document = compose(facts, version, "f", Words("en"))
    assert answer in [text for section in document.sections for text in section.answers]


def test_the_third_question_has_a_map_whose_shares_are_of_all_use(facts):
    rows = facts.rows("use_by_province")
    assert sum(row["user_count"] for row in rows) == facts.tables["users"].height
    assert sum(row["share_of_use_upper"] or 0 for row in rows) == pytest.approx(1)
    section = compose(facts, "v", "f", Words("zh")).sections[2]
    assert len(section.tiles.rows) == sum(row["tile_row"] is not None for row in rows)
    assert [tile.name for tile in section.tiles.rows if tile.share is not None] == ["豫"]


def test_an_unknown_subsidy_is_refused_with_those_that_are_known(marts):
    with pytest.raises(NoSuchProgrammeError, match=PROGRAMME):
        gather(marts, "nobody", "seed")
