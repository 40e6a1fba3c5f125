"""How sources are described, and where their secrets come from."""

from datetime import datetime

import pytest

from ingest.pull.sources import Source, SourceError, read_sources


def test_sources_are_read_in_their_order(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(
        '[sources.b]\nurl = "https://b.example"\ncenter = "c-b"\n'
        '[sources.a]\nurl = "https://a.example/prom/"\ncenter = "c-a"\nsince = 2026-09-01T00:00:00+08:00\n'
        'selector = \'cluster="a"\'\nmetrics = ["DCGM_FI_DEV_GPU_UTIL"]\ntoken_env = "A_TOKEN"\n'
    )
    first, second = read_sources(path)
    assert (first.source_id, first.center_id, first.metrics) == ("b", "c-b", ())
    assert (second.shown_url, second.selector, second.metrics) == (
        "https://a.example/prom",
        'cluster="a"',
        ("DCGM_FI_DEV_GPU_UTIL",),
    )
    assert second.since == datetime.fromisoformat("2026-09-01T00:00:00+08:00")


def test_without_the_file_there_is_no_source(tmp_path):
    assert read_sources(tmp_path / "sources.toml") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sources.a\n", "not valid TOML"),
        ("[source.a]\n", "unknown key source"),
        ('[sources.a]\nurl = "https://a"\n', "lacks center"),
        ('[sources.a]\nurl = "https://a"\ncenter = "c"\ntoken = "x"\n', "belongs in an environment variable"),
        ('[sources.a]\nurl = "https://a"\ncenter = "c"\nsince = "2026-09-01"\n', "since must be like"),
        ('[sources.a]\nurl = "https://a"\ncenter = "c"\nsince = 2026-09-01T00:00:00\n', "needs an offset"),
        ('[sources."../a"]\nurl = "https://a"\ncenter = "c"\n', "lower-case letters"),
        ('[sources.a]\nurl = "ftp://a"\ncenter = "c"\n', "must look like https"),
        ('[sources.a]\nurl = "https://u:p@a"\ncenter = "c"\n', "holds a user name"),
        ('[sources.a]\nurl = "https://a"\ncenter = "c"\nmetrics = ["a/../b"]\n', "no name of a metric"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused_with_a_sentence(tmp_path, text, said):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourceError) as refused:
        read_sources(path)
    assert said in str(refused.value)
    assert "u:p@" not in str(refused.value)


def test_a_secret_comes_from_the_environment_alone():
    source = Source("a", "https://a.example", "c")
    assert source.authorization({}) is None
    assert source.authorization({"RACKLIGHT_PULL_TOKEN": "t"}) == "Bearer t"
    basic = source.authorization({"RACKLIGHT_PULL_USER": "u", "RACKLIGHT_PULL_PASSWORD": "p"})
    assert basic == "Basic dTpw"
    own = Source("a", "https://a.example", "c", token_env="A_TOKEN")
    assert own.authorization({"A_TOKEN": "mine", "RACKLIGHT_PULL_TOKEN": "t"}) == "Bearer mine"
    with pytest.raises(SourceError, match="A_TOKEN is not set"):
        own.authorization({})


def test_a_secret_is_not_sent_over_plain_http_except_on_loopback():
    with pytest.raises(SourceError, match="not sent over plain http"):
        Source("a", "http://a.example", "c").authorization({"RACKLIGHT_PULL_TOKEN": "t"})
    assert Source("a", "http://127.0.0.1:9090", "c").authorization({"RACKLIGHT_PULL_TOKEN": "t"}) == "Bearer t"
