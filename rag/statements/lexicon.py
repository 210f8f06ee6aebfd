"""The words by which news reports speech: its verbs, and the nouns for whoever speaks."""

from __future__ import annotations

from rag.statements.values import Stance


def words(*lines: str) -> frozenset[str]:
    """The words that the lines hold, each once."""
    return frozenset(" ".join(lines).split())


_BARE: dict[Stance, str] = {
    "says": "said says say told tells insisted insists announced argued argues stressed maintained testified added adds",
    "denies": "denied denies rejected rejects disputed disputes dismissed dismisses refuted refutes",
    "alleges": "claimed alleged alleges accused accuses contended contends",
    "confirms": "confirmed confirms admitted admits acknowledged acknowledges conceded concedes",
    "promises": "promised pledged pledges vowed vows",
    "warns": "warned warns cautioned cautions",
    "estimates": "estimated predicted predicts forecasts",
    "asks": "asked asks urged urges demanded appealed",
}
_WITH_THAT: dict[Stance, str] = {
    "says": "stated states explained explains noted notes wrote writes declared declares revealed reveals disclosed reported "
    "reports commented replied responded remarked reiterated continued observed recalled concluded suggested suggests "
    "complained asserted asserts tweeted posted believes believe argue insist stress stresses maintains recounted quipped joked "
    "countered emphasized emphasised agreed repeated boasted lamented shouted read reads",
    "alleges": "claims claim allege",
    "denies": "deny dispute",
    "confirms": "confirm admit acknowledge",
    "promises": "promises promise pledge vow",
    "warns": "warn",
    "estimates": "estimates estimate projected expects expect forecast",
    "asks": "wondered inquired asks demand demands",
}
STANCES: dict[str, Stance] = {
    verb: stance for table in (_BARE, _WITH_THAT) for stance, verbs in table.items() for verb in verbs.split()
} | {"pointed out": "says", "points out": "says"}
"""Every form of a verb of speech, and the stance that it gives what is said."""
BARE = frozenset(verb for verbs in _BARE.values() for verb in verbs.split())
"""Forms behind which what is said may follow at once; behind the others only after "that" or in quotation marks."""
_CLAIMING: dict[Stance, str] = {
    "says": "view theory opinion belief argument position answer message explanation contention",
    "alleges": "claim allegation accusation charge complaint",
}
CLAIMS: dict[str, Stance] = {noun: stance for stance, nouns in _CLAIMING.items() for noun in nouns.split()}
"""Nouns for what somebody says, and its stance: "a claim by the union that", "her view is that"."""
LEADS = words(
    "said says added adds wrote writes argued argues claimed claims insisted insists explained explains warned warns noted notes",
)
"""Verbs that may stand before their subject after a mere comma: whoever follows "asked" is the one who was asked."""

DAYS = words("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight")
MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug",
    "sep sept oct nov dec",
)
SHE = words(
    "she her hers herself mrs ms miss spokeswoman chairwoman policewoman congresswoman sister mother wife daughter widow lady queen actress businesswoman aunt niece grandmother girl woman",
)  # fmt: skip
HE = words(
    "he his him himself mr sir spokesman chairman policeman congressman brother father husband son lord king actor businessman uncle nephew grandfather boy man",
)  # fmt: skip
PRONOUNS = words("he she it they")
DETERMINERS = words(
    "the a an his her its their this that these those one two three four five six seven eight nine ten several some many",
    "most both another other all few no our my each",
)
BODIES = words(
    "police ministry government company firm council court union party group agency department army military navy commission",
    "bank board committee corporation association authority hospital university college school club league team federation",
    "parliament senate congress cabinet administration office bureau institute institution foundation charity church",
    "organization organisation network newspaper paper magazine broadcaster station airline carrier manufacturer maker",
    "operator utility exchange fund trust coalition alliance embassy consulate service force forces coastguard guard",
    "regulator watchdog tribunal house kremlin pentagon centre center society chamber cooperative business subsidiary unit",
    "store shop factory theatre theater museum zoo festival retailer brewery railway airport campaign panel inquiry prosecution defence defense side delegation mission",
    "secretariat city county town assembly consortium partnership bloc conglomerate producer insurer lender brokerage publisher",
    "press media agencies police inc corp co ltd plc llc ag sa nv gmbh spa corps line lines holdings",
)
"""Nouns for bodies that speak with one voice, in lower case and singular."""
DOCUMENTS = words(
    "statement report letter communique communiqué release document lawsuit complaint filing memo memorandum indictment",
    "affidavit study survey review bulletin article editorial announcement dispatch notice summary email e-mail post tweet suit",
    "petition",
)
PEOPLE = words(
    "official spokesman spokeswoman spokesperson minister president mayor chief captain director secretary governor senator",
    "chairman chairwoman chair executive analyst dealer trader economist lawyer attorney prosecutor judge doctor nurse",
    "witness resident neighbor neighbour source insider aide adviser advisor diplomat ambassador envoy expert scientist",
    "researcher professor teacher student worker driver pilot sailor fisherman farmer soldier officer detective sergeant",
    "inspector commander general colonel lieutenant sheriff coroner bishop priest pope leader member lawmaker councillor",
    "councilor councilman councilwoman deputy delegate politician candidate activist critic opponent supporter protester",
    "organiser organizer relative niece nephew aunt uncle cousin brother sister mother father wife husband son daughter parent family friend colleague",
    "victim survivor passenger tourist customer shopper owner manager boss founder co-founder author writer editor reporter",
    "journalist correspondent coach player athlete actor actress singer artist engineer architect contractor",
    "broker banker investor shareholder shipper exporter importer exploiter grower miller refiner buyer seller employer",
    "employee striker docker miner union-leader premier chancellor king queen prince princess vice-president treasurer",
    "controller comptroller commissioner administrator superintendent principal dean rector man woman boy girl child",
    "people person couple teenager villager observer commentator historian meteorologist forecaster geologist",
    "seismologist physician surgeon firefighter paramedic rescuer investigator negotiator mediator representative",
    "congressman congresswoman legislator authority authorities rebel militant guerrilla commander",
    "secretary-general head operator eyewitness everyone onlooker participant speaker delegate director-general",
    "vice-chairman policeman policewoman gunman suspect defendant plaintiff juror magistrate clerk co-author designer",
    "master counsel barrister solicitor staffer teammate curator librarian inmate prisoner refugee migrant pensioner producer republican democrat conservative",
)
"""Nouns for people who speak, in lower case and singular."""
TITLES = words(
    "mr mrs ms miss dr prof rev sir lord lady dame judge justice mayor gov governor sen senator rep congressman congresswoman",
    "councilor councillor minister president premier chancellor secretary chief captain capt lt cmdr col gen sgt maj adm",
    "officer king queen prince princess pope bishop archbishop professor director chairman chairwoman deputy attorney",
    "general sheriff commissioner superintendent inspector detective sergeant colonel lieutenant commander ambassador",
    "undersecretary spokesman spokeswoman spokesperson treasurer coroner coach father sister brother imam rabbi sheikh ceo pc mp msp mep mla td",
)
"""Words before a name that are no part of it."""
OFFICES = words(
    "prime foreign finance defence defense interior vice u.s under assistant former acting treasury trade health education",
    "justice economy energy state home police democratic republican democrat agriculture environment transport labor labour",
    "commerce economics industry social affairs",
)
"""Words that may stand before a title: "Prime Minister", "Agriculture Secretary"."""
NAME_PARTICLES = words("de la van von der den du di da del dos das bin ibn al el le ter ten")
SOURCES = words("source insider")
FIRM_ENDINGS = words("inc corp co ltd plc llc ag sa nv gmbh spa line lines holdings company corporation group bank")
"""Words at the end of a firm's name."""
FIRMS = words("company firm group carrier manufacturer bank airline maker operator")
"""Nouns by which a firm is meant once it has been named."""

PREPOSITIONS = words(
    "of for at in from with near to on by close familiar aboard inside outside within during after under"
)
FINITE = words("is are was were will would has have had can could did does do may might must should shall")
BOUNDARIES = FINITE | words(
    "that and but or while whereas as when after before because since if although though where which who whom whose than so",
    "until be been being am not never neither nor about whether what how why according",
)
"""Words across which a subject cannot reach."""
DEPENDENT = words("after before since until about whether or than as")
"""Words behind which a noun need not be a subject: "a statement issued after a meeting said"."""
NO_SUBJECT_BEHIND = words("nor neither what which who whom")
RELATIVE = words("who whose which where")
BETWEEN = words(
    "has have had also later then again once since already both all separately today yesterday earlier previously",
    "reportedly recently still first just further always often even now himself herself itself",
)
"""What may stand between a subject and its verb."""
COORDINATES = words("but while whereas although though")
OPENERS = (
    COORDINATES
    | PREPOSITIONS
    | words(
        "when asked speaking meanwhile however also separately earlier later as since despite before if because writing addressing"
    )
)
"""Words that open what stands before a subject, and is no clause of its own: "On Tuesday, Hale said"."""
NOT_SAID = words("and or nor who which whose where adding citing according confirming")
"""Words behind "…, Hale said," that begin something else than what Hale said."""
