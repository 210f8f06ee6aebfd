"""What stands on a news page around the article: menus, teasers, share bars, banners, comments, advertisements."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

_TAGS = frozenset({"nav", "aside", "footer", "menu", "amp-ad", "amp-embed", "amp-sidebar", "amp-consent", "amp-list"})
_ROLES = frozenset(
    {
        "navigation",
        "complementary",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "banner",
        "tablist",
        "status",
    }
)
_NAMES = (
    "ad ads adbox adslot adunit advert adverts advertisement advertising adsbygoogle banner breadcrumb breadcrumbs"
    " callout carousel consent cookie cookies disqus dfp donate donation follow footer gdpr gpt kicker"
    " masthead menu modal nav navbar navigation newsletter newsletters onward outbrain overlay pagination pager paywall"
    " player poll popular popup promo promos promotion promoted pullquote quiz rail recirc recirculation recommended"
    " recommendation recommendations regwall related share sharebar sharing shares sidebar signup social sponsor"
    " sponsored subscribe subscription taboola tags teasers toolbar topics trending comments"
    " commentlist respond toc"
)
_CLUTTER = frozenset(_NAMES.split())
_PAIRS = (
    "also-like also-read author-bio author-box about-author about-the-author comment-list comment-section"
    " comments-area cookie-notice error-message from-web get-app latest-news latest-stories mail-list more-from"
    " more-news more-on more-stories most-read most-viewed most-popular next-article next-story next-up pull-quote"
    " read-more read-next read-also reader-comments see-also sign-up site-footer site-header site-nav skip-link"
    " story-links tag-list top-stories up-next you-may page-tools article-tools reading-time read-time"
)
_CLUTTER_PAIRS = frozenset(_PAIRS.split())
_ABOUT_OTHERS = frozenset(
    {"has", "with", "no", "without", "not", "after", "before", "above", "below", "hide", "show", "js"}
)
"""A class that begins so tells of a neighbour or of the layout: "has-sidebar", "no-ads"."""
_COMMENTS = frozenset({"comments", "commentlist", "disqus", "respond", "comment"})
_CONSENT = frozenset(
    {"cookie", "cookies", "consent", "gdpr", "onetrust", "didomi", "truste", "usercentrics", "quantcast"}
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

_LEAD_IN = re.compile(
    r"(?:read (?:more|next|also|the full)|(?:you (?:may|might) )?also (?:read|like)|see (?:also|more)|related(?: stor| art)?"
    r"|more (?:on|from|stories)|don['’]t miss|recommended|continue reading|watch|listen|click here|view (?:more|all|gallery)"
    r"|share|follow us|sign up|subscribe|join (?:us|our)|download (?:the|our)|in pictures|explainer|live updates)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W*(?:ad(?:vertisement|vert)?s?|sponsored(?: content)?|(?:story|article)? ?continues (?:below|after)[\w ]*"
    r"|scroll (?:down )?to continue[\w ]*|read more|share(?: this)?(?: (?:story|article|page|on|via)[\w ,]*)?|print(?: this)?(?: (?:page|article|story))?|e-?mail(?: this)?|版权所有.*|facebook|twitter|x|whatsapp|linkedin|copy link|link copied"
    r"|our standards:.*|after newsletter promotion|save|listen(?: to this (?:article|story))?(?:\W+\d+ min\w*)?|\d+ ?(?:min|minutes?|mins)(?: read)?|\d+ comments?|comments?|loading\W*|close|menu|search"
    r"|skip (?:to|past|advert)[\w ]*|back to top|photos?:?|image:?|getty images|enlarge(?: this image)?|play video|video|gallery|toggle caption|hide caption"
    r"|follow us(?: on [\w ,]+)?|sign in|log in|register|subscribe(?: now)?|copyright [\w ,.©]*|(?:©|\(c\)) ?[\w ,.]*(?:all rights reserved\W*)?|all rights reserved"
    r"|(?:most )?(?:popular|read|viewed)|trending(?: now)?|top stories|tags?:?.{0,100}|topics?:.{0,100}|filed under.{0,100}|more on this(?: story)?)\W*",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:sign up (?:for|to|here|now)|subscribe (?:to|now|for|today)|get (?:our|the) (?:daily|weekly|morning|free|latest)|join our|download our"
    r"|support (?:our|independent)|follow us|this (?:article|story) is for subscribers|we use cookies|by (?:signing|subscribing|clicking)"
    r"|click here to|want more stories|enjoyed this|have (?:a|you got a) (?:story|tip)|listen to our)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:related\b.{0,40}|more (?:on|from|like|stories|news|in|to)\b.{0,60}|(?:you (?:may|might) )?also (?:read|like|in)\b.{0,40}|read (?:more|next|also)\b.{0,40}"
    r"|most (?:read|popular|viewed|shared)\b.{0,30}|trending\b.{0,20}|popular\b.{0,30}|latest (?:news|stories|headlines)\b.{0,30}|top stories\b.{0,30}"
    r"|(?:\d+ |reader )?comments?\b.{0,20}|leave a (?:reply|comment).{0,20}|join the (?:conversation|discussion).{0,20}|about the authors?|share (?:this|on)?\b.{0,30}"
    r"|sign up\b.{0,80}|subscribe\b.{0,80}|(?:our |daily |weekly )?newsletters?\b.{0,60}|get (?:our|the)\b.{0,80}|tags?:?|topics?:?|recommended\b.{0,40}|up next\b.{0,30}|what to read next"
    r"|see also:?|don['’]t miss.{0,40}|follow us.{0,40}|advertisement|sponsored\b.{0,30}|from (?:the|our) (?:archive|partners|web)s?\b.{0,30}|editor['’]?s['’]? picks?|you may like.{0,20}|we value your privacy.{0,20}|cookies?.{0,30}|your privacy.{0,30}|in this (?:story|article).{0,20})\W*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\W*(?:correct(?:ion|ed)s?|clarif(?:ication|ied)s?|retract(?:ion|ed)|editor['’]?s['’]? note|note to readers|update[sd]?)\b"
    r"[\w ,./]{0,60}[:—–.-]|\W*(?:this|an earlier version of this|a previous version of this) (?:article|story|headline|version|report)"
    r"\b.{0,60}\b(?:correct|amend|update|clarif|misstat|misspel|incorrect|wrong|said|gave|error)",
    re.IGNORECASE,
)


def is_clutter(element: Any) -> bool:
    """True for an element that by its name, role, class or id is no part of an article."""
    if element.tag in _TAGS or element.get("role", "").lower() in _ROLES:
        return True
    names = _names(element)
    return any(not _CLUTTER.isdisjoint(words) or any(_pairs(words)) for words in names)


def is_never_article(element: Any) -> bool:
    """True for what is no article however much it holds: readers' comments, and windows that ask for something."""
    named = {word for words in _names(element) for word in words}
    if element.get("role", "").lower() in ("dialog", "alertdialog"):
        return True
    return bool(named & _CONSENT) or any(
        (words[0] in _COMMENTS and (words[0] != "comment" or element.tag in ("li", "article", "section")))
        or words[-1] in ("comments", "commentlist")
        for words in _names(element)
        if words
    )


def is_notice(words: str, linked: float) -> bool:
    """True for a line of the page and not of the article: "Advertisement", "Read more: …", "Sign up to our newsletter"."""
    if linked > 0.8 and len(words) < 250:
        return True
    if linked > 0.3 and _LEAD_IN.match(words):
        return True
    if len(words) < 300 and _APPEAL.match(words) and not words.startswith(("“", '"')):
        return True
    return len(words) <= 120 and _NOTICE.fullmatch(words) is not None


def opens_clutter(heading: str) -> bool:
    """True for a heading above teasers, comments or a sign-up: "Related stories", "Comments", "Most read"."""
    return len(heading) <= 120 and _HEADING.fullmatch(heading) is not None


def is_note(words: str) -> bool:
    """True for a note of the editors: a correction, a clarification, what was changed since."""
    return _NOTE.match(words) is not None


def _names(element: Any) -> list[list[str]]:
    """The words of each class and of the id: "story-shareBar" is story, share, bar."""
    written = f"{element.get('class', '')[:500]} {element.get('id', '')[:100]}".split()
    names = [[word.lower() for word in _WORD.findall(name)] for name in written]
    return [words for words in names if words and words[0] not in _ABOUT_OTHERS]


def _pairs(words: list[str]) -> list[bool]:
    return [f"{a}-{b}" in _CLUTTER_PAIRS for a, b in pairwise(words)]
