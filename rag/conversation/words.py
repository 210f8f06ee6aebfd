"""Word lists: what tells a person from a body, a place or a thing, as news writes of them."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "mr mrs ms miss dr prof rev sir lord lady dame judge justice mayor gov governor sen senator rep congressman "
    "congresswoman councilor councillor minister president premier chancellor chief captain capt lt cmdr col gen "
    "sgt general colonel lieutenant sergeant maj major adm admiral officer king queen prince princess pope bishop "
    "cardinal archbishop sheikh imam rabbi professor director chairman chairwoman sheriff detective inspector "
    "ambassador secretary"
)
"""Words that stand before somebody's name."""
ROLES = TITLES - _words("lady lord miss mr mrs ms rev rep sen gov lt gen col maj adm dr prof sir dame chief") | _words(
    "man woman boy girl victim suspect driver pilot skipper spokesman spokeswoman spokesperson leader boss coach "
    "manager owner founder author writer reporter journalist lawyer attorney prosecutor coroner witness survivor "
    "defendant candidate lawmaker deputy envoy diplomat executive ceo commissioner commander soldier gunman "
    "shooter attacker killer teacher doctor nurse surgeon player striker goalkeeper singer actor actress artist "
    "engineer farmer fisherman sailor worker student pupil teenager mother father son daughter brother sister "
    "wife husband widow widower uncle aunt nephew niece cousin chairperson head treasurer bookkeeper clerk "
    "scientist researcher analyst economist critic dictator winner loser chief aide adviser advisor activist "
    "protester protestor politician deckhand whistleblower hostage"
)
"""Words for one person."""
GROUPS = _words(
    "people police crew staff children women men residents passengers officials authorities dockers workers "
    "voters victims survivors rebels soldiers troops protesters protestors students teachers families refugees "
    "migrants prosecutors investigators scientists researchers members players fans farmers fishermen injured "
    "dead missing wounded lawmakers critics supporters opponents employees strikers drivers tenants villagers "
    "ministers leaders militants"
)
"""Words for several people."""
BODIES = _words(
    "council government party union company firm agency court committee ministry army navy bank club team board "
    "university college school hospital parliament senate congress cabinet commission coalition corporation group "
    "association federation league department office panel authority opposition airline newspaper charity church "
    "inc corp ltd plc llc co partners industries holdings foundation institute society service services times "
    "post herald courier gazette bureau administration fund trust alliance front movement brigade network press "
    "media house guard polling regime kremlin pentagon nato eu un who imf cbi fbi cia airlines railways motors construction energy logistics insurance "
    "seafoods line lines brothers band orchestra"
)
"""Words for a body that acts."""
PLACES = _words(
    "island islands river street road avenue square park lake mountain mount valley bay harbor harbour port coast "
    "beach city town village county province district region state bridge airport station strait gulf sea ocean "
    "hill forest desert north south east west camp border pier"
)
"""Words for a place."""
PLACES_FIRST = _words("mount lake port fort cape camp river gulf saint st")
"""Words that open the name of a place."""
SURNAMES_TOO = _words(
    "hill west park lake forest bay street bridge north south east church house bank banks rivers marsh lane"
)
"""Words for a place or a body that are surnames as well."""
_COUNTRY_WORDS = (
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "belgium benin bolivia bosnia botswana brazil britain bulgaria burkina_faso burundi cambodia cameroon canada "
    "chad chile china colombia congo costa_rica croatia cuba cyprus czechoslovakia denmark ecuador egypt "
    "el_salvador england eritrea estonia ethiopia europe finland france gabon gambia georgia germany ghana greece "
    "guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy ivory_coast "
    "jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania "
    "luxembourg macedonia madagascar malawi malaysia mali malta mauritania mexico moldova mongolia montenegro "
    "morocco mozambique myanmar namibia nepal netherlands new_zealand nicaragua niger nigeria north_korea "
    "northern_ireland norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar "
    "romania russia rwanda saudi_arabia scotland senegal serbia sierra_leone singapore slovakia slovenia somalia "
    "south_africa south_korea south_sudan soviet_union spain sri_lanka sudan sweden switzerland syria taiwan "
    "tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine united_arab_emirates united_kingdom "
    "united_states uruguay uzbekistan venezuela vietnam wales yemen yugoslavia zambia zimbabwe africa asia "
    "america ankara athens baghdad beijing berlin brussels cairo damascus delhi geneva islamabad jerusalem kabul "
    "kiev kyiv london madrid moscow new_york ottawa paris pyongyang rome seoul tehran tokyo vienna warsaw "
    "washington u.s us u.k uk u.a.e uae u.s.s.r ussr drc"
)
COUNTRIES = frozenset(word.replace("_", " ") for word in _words(_COUNTRY_WORDS))
"""Countries and the capitals by which their governments are called."""
HIS_NAMES = _words(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony "
    "mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan "
    "jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel frank gregory alexander "
    "patrick jack dennis peter vladimir sergei sergey ivan dmitry mohammed muhammad mohamed mahmoud ahmed ali "
    "hassan hussein omar ibrahim bashar abdullah carlos juan jose luis pedro jorge antonio francois jean pierre "
    "hans giovanni marco silvio kofi barack joe bill boris tony gordon nigel keir emmanuel nicolas recep narendra "
    "bernie mitt carl tom owen leonard oscar luke simon martin philip adam henry arthur albert harry howard bob "
    "jim steve mike dan chris fred ernest walter roger bruce ronald jimmy lionel diego"
)
HER_NAMES = _words(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra "
    "emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy "
    "angela anna ann anne ruth brenda emma nicole samantha katherine catherine christine rachel carolyn janet "
    "maria diane julie joyce christina joan evelyn judith hannah megan olivia theresa hillary fatima aisha sofia "
    "olga irina natasha svetlana tatiana marie claire isabelle elena ana rosa marta miriam nora jane kate alice "
    "benazir indira corazon winnie ursula yulia jacinda malala diana"
)
"""First names by which nearly everybody is a man, or a woman."""
HE = _words(
    "mr sir lord king prince pope man boy father son brother husband widower uncle nephew spokesman chairman "
    "congressman actor fisherman gunman cardinal bishop archbishop imam sheikh"
)
SHE = _words(
    "mrs ms miss lady dame queen princess woman girl mother daughter sister wife widow aunt niece spokeswoman "
    "chairwoman congresswoman actress"
)
"""Words that tell whether somebody is called "he" or "she"."""
ATTRIBUTES = _words(
    "cost price reason cause result name age number date time size weight length height motive damage budget "
    "outcome effect impact future status consequences reaction response"
)
"""What is asked of a thing, and no other thing of its kind."""
TIMES = _words("year month week day night evening morning afternoon hour minute time moment date decade century")
"""Words for a time, which nothing is asked about as "it"."""
ORDINALS = _words("first second third fourth fifth last other next previous")
STATES = _words(
    "dead killed injured wounded hurt missing arrested detained rescued evacuated displaced homeless infected "
    "hospitalised hospitalized charged convicted sacked dismissed trapped stranded kidnapped saved"
)
"""What people are after an accident, an attack or a raid; "died" is said of the dead."""
