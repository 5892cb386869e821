"""How a plain page looks: on a screen light or dark, wide or narrow, and on A4. Colours come from the palette."""

from sos_tracker.records.palette import INKS, RATING_MARKS, Theme

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""No script, and nothing fetched, wherever the file is opened."""

_LINK = {Theme.LIGHT: "#1a65a6", Theme.DARK: "#8cc8ff"}
_LAYOUT = """
*{box-sizing:border-box}
html{font:1rem/1.5 Arial,Helvetica,sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}
body{margin:0}main{max-width:76rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 3rem}
h1{font-size:clamp(1.6rem,1.1rem + 2vw,2.3rem);line-height:1.2;margin:0 0 .5rem;max-width:32em}
h2{font-size:1.35rem;line-height:1.3;margin:1.5rem 0 .5rem}h3{font-size:1.05rem;line-height:1.35;margin:0 0 .25rem}
p{margin:0 0 .5rem;max-width:60em}li{margin:0 0 .5rem;max-width:60em}ul{margin:0;padding-left:1.25rem}
a{color:var(--link)}.of{font-weight:700;margin:0}.quiet{color:var(--quiet)}
.notice{border-left:5px solid var(--accent);padding:.25rem .9rem;margin:.5rem 0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:0 2rem}
.chart{min-width:0}.chart svg{display:block;max-width:100%;height:auto}.narrow,.dark{display:none}
.table{overflow-x:auto;margin:0 0 1rem}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:700;padding:.25rem 0}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--hair);text-align:left;vertical-align:top}
td,thead th{overflow-wrap:break-word}tbody th{min-width:9rem}
thead th{border-bottom:2px solid var(--edge)}.number{text-align:right}
.whole{white-space:nowrap}.status{font-weight:700}
summary{cursor:pointer;padding:.35rem 0;text-decoration:underline;text-underline-offset:3px}
:focus-visible{outline:3px solid var(--text);outline-offset:2px}
@media (max-width:36rem){.wide{display:none}.narrow.light{display:block}}
"""
_DARK_DRAWINGS = (
    ".light{display:none}.wide.dark{display:block}"
    "@media (max-width:36rem){.wide.dark,.narrow.light{display:none}.narrow.dark{display:block}}"
)
_PRINT = """
@page{size:A4;margin:13mm}
html{font-size:9pt;line-height:1.35}main{padding:0;max-width:none}
h1{font-size:1.7rem}h2{font-size:1.2rem;margin:.7rem 0 .25rem}h3{font-size:1rem}p,li{margin:0 0 .15rem;max-width:none}
.two{grid-template-columns:1fr 1fr;gap:0 1.25rem}.notice{margin:.3rem 0;padding:.1rem .6rem}
.chart .wide.light{display:block}.chart .narrow,.chart .dark,details:not([open]){display:none!important}
.table{overflow:visible;margin:0}th,td{padding:.15rem .5rem .15rem 0}tbody th{min-width:0}
.chart,svg,tr,li{break-inside:avoid}h1,h2,h3,caption,thead{break-after:avoid}a{color:inherit}
"""


def _colours(theme: Theme) -> str:
    ink, dark = INKS[theme], theme is Theme.DARK
    named = {
        "text": ink.text, "back": ink.background, "quiet": ink.quiet_text, "hair": ink.grid, "edge": ink.axis,
        "accent": ink.series[0], "link": _LINK[theme],
    }  # fmt: skip
    ratings = "".join(
        f".{rating.name.lower()}{{color:{mark.dark if dark else mark.light}}}" for rating, mark in RATING_MARKS.items()
    )
    scheme = "dark" if dark else "light"
    return f":root{{color-scheme:{scheme};{''.join(f'--{name}:{value};' for name, value in named.items())}}}{ratings}"


def _style() -> str:
    dark = f"@media screen and (prefers-color-scheme:dark){{{_colours(Theme.DARK)}{_DARK_DRAWINGS}}}"
    return f"{_colours(Theme.LIGHT)}{_LAYOUT}{dark}@media print{{{_PRINT}}}".replace("\n", "")


STYLE = _style()
