"""Login with a real OpenID provider on loopback, through Streamlit's own callback: who may read, and which token not.

The provider is honest until a test tells it what to do with the next identity token.
"""

import os
import re
import threading
import time
import warnings
from collections.abc import Callable
from itertools import count
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwk, jws, jwt
from werkzeug.serving import make_server

from dashboards.translations import LANGUAGES, Words
from ingest.state.access_log import AccessLog
from ingest.state.access_policy import ROLES
from ingest.state.store import StateStore

PAGES = Path(__file__).resolve().parents[2] / "dashboards" / "app_pages"
CLIENT, COOKIE_SECRET, USER_COOKIE = "racklight", "a secret of thirty-two characters", "_streamlit_user"
LOGIN_WORDS, LOGOUT_WORDS = re.compile("^(登录|Log in)$"), re.compile("^(退出登录|Log out)$")
ENDED = "text=登录已失效"
WIDTHS = (1280, 390, 1920)
WALKS_ALL_WIDTHS = os.environ.get("RACKLIGHT_TEST_WIDTHS") == "all"
"""Each role on every page at every width, which takes some minutes a role; otherwise at one width a view."""

pytestmark = pytest.mark.browser

Claims, Forge = dict[str, object], Callable[[dict, "jwk.RSAKey"], str]


class Provider:
    """A provider of identities on loopback; `forge` makes the identity token of the next logins, None the true one."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import oidc_provider_mock as mock
        readers = [
            mock.User(sub=role, claims={"email": f"{role}@example.com", "groups": [f"{role}s"]}) for role in ROLES
        ]
        stranger = mock.User(sub="stranger", claims={"email": "stranger@example.com", "groups": ["strangers"]})
        self.forge: Forge | None = None
        app = mock.app(user_claims=[*readers, stranger])
        app.after_request(self._tamper)
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _tamper(self, response):
        import flask

        if self.forge is not None and flask.request.path == "/oauth2/token":
            answer = response.get_json()
            key = jwk.RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
            claims = jwt.decode(answer["id_token"], key).claims
            response.set_data(flask.json.dumps(answer | {"id_token": self.forge(claims, key)}))
        return response

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def provider():
    with pytest.MonkeyPatch.context() as patch:
        # the provider refuses to hand out tokens without TLS, which loopback does not need
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        one = Provider()
        yield one
        one.stop()


@pytest.fixture
def honest(provider):
    yield provider
    provider.forge = None


@pytest.fixture(scope="module")
def server(canary_world, provider, serving):
    """The app with a login, in which every role has a scope of one center."""
    secrets = canary_world.data_dir.secrets_file
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "{CLIENT}"
client_secret = "told to nobody"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    with serving(canary_world.data_dir.root, secrets) as address:
        yield address
    secrets.unlink()


def _log_in(visitor, server: str, reader: str, address: str = ""):
    """Open the app, choose to log in, and be somebody at the provider; hands back the page of the app, in Chinese."""
    page = visitor.open(f"{server}{address}")
    page.get_by_role("button", name=LOGIN_WORDS).click()
    page.get_by_role("button", name=reader, exact=True).click()
    page.wait_for_url(f"{server}/**")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_selector(f"text={reader}@example.com", timeout=60_000)
    return page


@pytest.fixture(scope="module")
def way_to_login(server, chromium) -> str:
    """The address behind the app's button, by which each login begins; the app signs it for two minutes."""
    page = chromium.new_context().new_page()
    page.goto(server)
    with page.expect_request("**/auth/login?provider=*") as asked:
        page.get_by_role("button", name=LOGIN_WORDS).click()
    page.context.close()
    return asked.value.url


def _cookies_after_login(way_to_login: str, reader: str) -> dict[str, str]:
    """Go the way of a login without a screen; hands back the cookies that the app has set at its end."""
    with httpx.Client() as client:
        to_provider = client.get(way_to_login)
        back = client.post(to_provider.headers["location"], data={"sub": reader})
        end = client.get(back.headers["location"])
        assert (end.status_code, urlsplit(end.headers["location"]).path) == (302, "/")
        return {cookie.name: cookie.value for cookie in client.cookies.jar}


def _signed(claims: Claims, key: "jwk.RSAKey", **changed: object) -> str:
    said = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode({"alg": "RS256"}, said, key)


def _by_shared_secret(claims: Claims, key: "jwk.RSAKey") -> str:
    """Signed with the public key as if it were a secret of both sides."""
    secret = jwk.OctKey.import_key(key.as_pem(private=False))
    return jws.serialize_compact({"alg": "HS256"}, jwt.encode({"alg": "RS256"}, claims, key).split(".")[1], secret)


def _without_signature(claims: Claims, key: "jwk.RSAKey") -> str:
    true = _signed(claims, key).split(".")
    return f"eyJhbGciOiJub25lIn0.{true[1]}."


def _changed_after_signing(claims: Claims, key: "jwk.RSAKey") -> str:
    head, _, signature = _signed(claims, key).split(".")
    return f"{head}.{_signed(claims, key, groups=['investors']).split('.')[1]}.{signature}"


REFUSED: dict[str, Forge] = {
    "signed with a key of somebody else": lambda claims, key: _signed(claims, jwk.RSAKey.generate_key(2048)),
    "not signed at all": _without_signature,
    "signed with the public key as a shared secret": _by_shared_secret,
    "changed after it was signed": _changed_after_signing,
    "expired": lambda claims, key: _signed(claims, key, exp=int(time.time()) - 600, iat=int(time.time()) - 4200),
    "without an end": lambda claims, key: _signed(claims, key, exp=None),
    "of another issuer": lambda claims, key: _signed(claims, key, iss="http://another.example"),
    "for another application": lambda claims, key: _signed(claims, key, aud=["another"]),
    "of another login": lambda claims, key: _signed(claims, key, nonce="another"),
    "of no login": lambda claims, key: _signed(claims, key, nonce=None),
    "beside another access token": lambda claims, key: _signed(claims, key, at_hash="another"),
}


def test_a_true_token_is_taken_by_the_same_way_on_which_others_are_refused(way_to_login, honest):
    assert USER_COOKIE in _cookies_after_login(way_to_login, "operator")


@pytest.mark.parametrize("fault", REFUSED)
def test_a_token_is_refused_that_is(way_to_login, honest, fault):
    honest.forge = REFUSED[fault]
    assert USER_COOKIE not in _cookies_after_login(way_to_login, "operator")


@pytest.mark.parametrize(
    ("fault", "forge"),
    [
        # Streamlit's login takes both; the app does not.
        ("audience", lambda claims, key: _signed(claims, key, aud=["another"], azp=CLIENT)),
        ("expiry", lambda claims, key: _signed(claims, key, exp=int(time.time()) - 30)),
    ],
)
def test_the_app_refuses_what_the_login_lets_through(visitor, server, way_to_login, honest, fault, forge):
    honest.forge = forge
    cookies = _cookies_after_login(way_to_login, "operator")
    assert USER_COOKIE in cookies
    assert _shown_with(visitor, server, cookies) == ["Your session has ended. Please log in again."]


def test_a_cookie_that_the_app_did_not_sign_is_no_login(visitor, server, way_to_login, honest):
    cookies = _cookies_after_login(way_to_login, "operator")
    signed = cookies[USER_COOKIE]
    half = len(signed) // 2
    cookies[USER_COOKIE] = signed[:half] + ("A" if signed[half] != "A" else "B") + signed[half + 1 :]
    assert _shown_with(visitor, server, cookies) == []


def _shown_with(visitor, server: str, cookies: dict[str, str]) -> list[str]:
    """The refusals that the app shows to a browser with these cookies; nothing else of it may be shown."""
    page = visitor.open(
        f"{server}/?lang=en",
        cookies=[{"name": name, "value": value, "url": server} for name, value in cookies.items()],
        wait_for="[data-testid=stAlert], [data-testid=stHeading]",
    )
    assert page.get_by_test_id("stSidebarNav").count() == 0
    assert page.get_by_test_id("stPlotlyChart").count() == 0
    found = page.get_by_test_id("stAlert").all_inner_texts()
    assert found or page.get_by_role("button", name=LOGIN_WORDS).count() == 1
    page.context.close()
    return found


def test_a_reader_of_no_group_is_told_so_and_sees_nothing(visitor, server, way_to_login, honest):
    shown = _shown_with(visitor, server, _cookies_after_login(way_to_login, "stranger"))
    assert shown == ["Your account has no scope to look at."]


def test_the_session_of_a_revoked_reader_ends_in_the_browser_and_does_not_begin_again(
    visitor, server, canary_world, honest
):
    log = AccessLog(StateStore(canary_world.data_dir))
    page = _log_in(visitor, server, "government")
    log.revoke("government@example.com", "left office")
    try:
        page.locator("[data-testid=stSidebarNav] a").nth(1).click()
        page.wait_for_selector(ENDED)
        assert page.get_by_test_id("stPlotlyChart").count() == 0
        page.reload()
        page.wait_for_selector(ENDED)
    finally:
        log.restore("government@example.com")
    page.context.close()


def test_a_reader_who_logs_out_is_out_in_every_window(visitor, server, honest):
    page = _log_in(visitor, server, "investor")
    page.get_by_role("button", name=LOGOUT_WORDS).click()
    page.wait_for_url(re.compile("end_session"))
    page.get_by_role("button").first.click()
    page.wait_for_url(f"{server}/**")
    page.get_by_role("button", name=LOGIN_WORDS).wait_for()
    assert USER_COOKIE not in {cookie["name"] for cookie in page.context.cookies(server)}
    again = page.context.new_page()
    again.goto(f"{server}/findings")
    again.get_by_role("button", name=LOGIN_WORDS).wait_for()
    page.context.close()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_every_page_in_both_languages_and_is_sent_its_own_center_alone(
    visitor, server, canary_world, honest, illegible, role
):
    page = _log_in(visitor, server, role)
    assert page.get_by_text(f"范围 {role}-one").count() == 1
    # the page of the provider, which is not ours, may ask whom it likes
    visitor.requests.clear()
    wanted = {path.stem for path in PAGES.glob("*.py")} - {"__init__", "overview"}
    faults, language = [], "zh"
    # one width a view, another each time; over the roles each page comes up in both languages on all three
    turns = count(list(ROLES).index(role))
    for name in sorted(wanted):
        visitor.turn_to(page, name, Words(language)(f"{name}.title"))
        faults += _faults(visitor, page, illegible, f"{role}-{name}-{language}", next(turns))
        # the next page begins in the language in which this one ends
        language = next(other for other in LANGUAGES if other != language)
        visitor.speak(page, LANGUAGES[language], Words(language)(f"{name}.title"))
        faults += _faults(visitor, page, illegible, f"{role}-{name}-{language}", next(turns))
    assert faults == []
    assert {urlsplit(url).hostname for url in visitor.requests} <= {"127.0.0.1", None}
    sent = b"".join(visitor.frames)
    assert canary_world.own_center.encode() in sent
    assert canary_world.canary.encode() not in sent
    log = AccessLog(StateStore(canary_world.data_dir))
    own = [entry for entry in log.entries() if entry.reader == f"{role}@example.com"]
    assert {(entry.role, entry.scope) for entry in own} == {(role, f"{role}-one")}
    assert {entry.subject.split("?")[0] for entry in own if entry.action == "page"} >= wanted
    assert log.faults() == []
    page.context.close()


def _faults(visitor, page, illegible: str, name: str, turn: int) -> list[str]:
    """Keep the page as it stands, and hand back what is wrong with it or cannot be read."""
    found = page.get_by_test_id("stException").all_inner_texts()
    for width in WIDTHS if WALKS_ALL_WIDTHS else (WIDTHS[turn % len(WIDTHS)],):
        visitor.resize(page, width)
        visitor.keep(page, f"{name}-{width}")
        found += [f"{width} px: {fault}" for fault in page.evaluate(illegible)]
    return [f"{name}: {fault}" for fault in found]


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("leases?lang=en&center=yangzhou-01&month=2026-09&span=soon", "leases"),
        # a page that the app does not have leads to the first one
        ("elsewhere?lang=en&month=2026-09", ""),
    ],
)
def test_the_page_and_what_its_address_said_are_found_again_after_the_login(visitor, server, honest, asked, opened):
    page = _log_in(visitor, server, "investor", f"/{asked}")
    page.wait_for_url(lambda url: urlsplit(url).path == f"/{opened}")
    assert page.url.startswith(f"{server}/")
    said = dict(parse_qsl(urlsplit(asked).query))
    assert said.items() <= dict(parse_qsl(urlsplit(page.url).query)).items()
    title = Words("en")(f"{opened or 'overview'}.title")
    visitor.wait_for_title(page, title)
    # it is taken up once: the next address of this browser is opened as it stands
    page.goto(f"{server}/payback?lang=en")
    visitor.wait_for_title(page, Words("en")("payback.title"))
    assert "span=" not in page.url
    page.context.close()
