"""Auditors' question: is there a signed pack of this subsidy that can be verified without trusting this screen?"""

import streamlit as st

from dashboards import access, cached, controls, formatting, packs, page_parts, queries
from dashboards.charts import subsidies as charts
from dashboards.charts import tiles

ROLES = {access.LOCAL, "government", "investor"}
SHOWN_DIGITS = 16

choice = page_parts.open_page("audit_pack")
say = choice.say
name = page_parts.center_heading(choice, with_month=False)
settlements = cached.read(choice.source, queries.subsidies.settlements, choice.center_id)
if settlements.is_empty():
    st.info(say("audit.none", center=formatting.as_markdown_text(name)))
    st.stop()
by_id = {row["programme_id"]: row for row in settlements.to_dicts()}
programme_id = controls.pick(
    say("audit.programme"),
    list(by_id),
    lambda key: say(f"subsidy_kind.{by_id[key]['subsidy_kind']}") + f" · {key}",
    "programme",
)
pack = packs.find(programme_id, choice.source.version) if access.current().role in ROLES else None
if pack is None:
    st.info(say("audit_pack.none", programme=programme_id))
elif not pack.is_whole():
    st.error(say("audit_pack.changed"))
else:
    manifest = pack.manifest
    st.markdown(
        say(
            "audit_pack.answer",
            files=formatting.count(len(pack.files)),
            raw=formatting.count(len(manifest["raw_files"])),
            rows=formatting.count(sum(manifest["row_counts"].values())),
        )
    )
    page_parts.amount_cards(
        [
            (say("audit_pack.key"), f"{manifest['key_fingerprint'][:SHOWN_DIGITS]}…", [manifest["key_fingerprint"]]),
            (say("audit_pack.head"), f"{manifest['registered']['register_head'][:SHOWN_DIGITS]}…",
             [say("audit_pack.publication", number=manifest["registered"]["publication_no"])]),
        ],
        2,
    )  # fmt: skip
    st.download_button(
        say("audit_pack.take"),
        data=pack.archive,
        file_name=f"{pack.folder.name}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        on_click=lambda: access.note("export", f"audit pack {programme_id}", choice.source.version),
    )
    st.code(f"python -I {pack.folder.name}/verify.py {manifest['key_fingerprint']}", language="bash", wrap_lines=True)
    page_parts.note(say("audit_pack.verify"))

settlement = settlements.filter(settlements["programme_id"] == programme_id)
figure = charts.earned_against_paid(settlement, say)
page_parts.chart(figure, say("audit.settlement"), say("audit.settlement_caption"), "settlement")
places = cached.read(choice.source, queries.subsidies.use_by_province, programme_id)
if places["user_count"].sum():
    page_parts.chart(tiles.use_tiles(places, say), say("pack.users"), say("audit_pack.map_caption"), "map")
    for row in places.filter(places["tile_row"].is_null()).to_dicts():
        share = formatting.percent(row["share_of_use_upper"])
        page_parts.note(say("pack.map_nowhere", count=row["user_count"], share=share))
else:
    st.subheader(say("pack.users"), anchor=False)
    st.info(say("audit_pack.no_users"))
if pack is not None and pack.is_whole():
    with st.expander(say("audit_pack.files")):
        page_parts.table(
            [
                {
                    say("audit_pack.file"): formatting.as_markdown_text(file),
                    say("audit_pack.bytes"): formatting.count(path.stat().st_size),
                    "sha256": f"`{manifest['files'].get(file, formatting.NOTHING)[:SHOWN_DIGITS]}`",
                }
                for file, path in pack.files.items()
            ]
        )
