"""Words of the login."""

TEXTS: dict[str, tuple[str, str]] = {
    "access.title": ("Racklight", "Racklight"),
    "access.please": ("请登录后查看。", "Please log in to read on."),
    "access.login": ("登录", "Log in"),
    "access.logout": ("退出登录", "Log out"),
    "access.local": (
        "本机单用户模式：未配置登录，仅限本机访问。",
        "Single-user mode on this machine only: no login is configured.",
    ),
    "access.reader": ("{name} · {role} · 范围 {scope}", "{name} · {role} · scope {scope}"),
    "access.not_on_loopback": (
        "未配置登录时只能在本机地址上提供服务。",
        "Without a login this is served on a loopback address only.",
    ),
    "access.ended": ("登录已失效，请重新登录。", "Your session has ended. Please log in again."),
    "access.no_policy": (
        "权限文件不可用，暂不开放任何内容。",
        "The access policy cannot be used; nothing is shown meanwhile.",
    ),
    "access.not_published": (
        "权限文件已更改，您的范围尚未按新规则发布。请管理员运行 `racklight access publish`。",
        "The access policy has changed and your scope has not been published under it yet. "
        "Whoever keeps it runs `racklight access publish`.",
    ),
    "access.no_scope": ("您的账号没有可查看的范围。", "Your account has no scope to look at."),
    "role.investor": ("投资方", "Investor"),
    "role.government": ("政府", "Government"),
    "role.operator": ("运营方", "Operator"),
    "role.public": ("公众", "Public"),
}
