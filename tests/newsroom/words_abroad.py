"""Invented local news in French, German, Spanish and Chinese: a headline, then paragraphs in a sensible order."""

from __future__ import annotations

FRENCH = (
    (
        "À {place}, le pont de la {street} fermé pour {n} semaines",
        "{place} : l’école de la rue {street} rouvre après {n} mois de travaux",
    ),
    (
        "La municipalité de {place} a pris sa décision en moins d’une heure, après des années d’hésitations.",
        "« Nous l’avions dit, nous l’avions écrit, et personne n’a voulu nous entendre », a déclaré {official}, chargée des travaux.",
        "Le coût est estimé à {n} millions d’euros, soit le double de ce qui avait été annoncé.",
        "Près de {many} habitants sont concernés, selon une enquête menée par une association de quartier.",
        "{resident}, {age} ans, boulanger rue {street}, ne décolère pas : « On nous promet des réunions, et l’on nous envoie des dépliants. »",
        "Les autocars des lignes {n} et {n} seront déviés par la route du moulin, ce qui rallonge le trajet d’un quart d’heure.",
        "Une réunion publique doit se tenir à la salle des fêtes. L’entrée est libre.",
        "L’opposition demande que le rapport des ingénieurs, long de {n} pages, soit rendu public.",
        "« Ce n’est pas la fin de l’affaire », prévient-elle.",
    ),
)
GERMAN = (
    (
        "{place} sperrt die Brücke an der {street}straße für {n} Wochen",
        "Schule in {place} bekommt nach {n} Jahren ein neues Dach",
    ),
    (
        "Der Gemeinderat von {place} hat sich nach langem Streit entschieden, und zwar mit {n} gegen {n} Stimmen.",
        "„Wir haben es gewusst, und wir haben es gesagt“, sagte {official}, die das Bauamt leitet.",
        "Die Kosten werden auf {n} Millionen Euro geschätzt, doppelt so viel wie in der ersten Rechnung.",
        "Rund {many} Menschen wohnen in der Nähe; gefragt wurden nach Angaben einer Bürgerinitiative die wenigsten.",
        "{resident}, {age} Jahre alt und Bäcker in der {street}straße, ärgert sich: „Man verspricht uns Gespräche und schickt uns Broschüren.“",
        "Die Buslinien {n} und {n} fahren über die Mühle, was die Fahrt um eine Viertelstunde verlängert.",
        "Für Fußgängerinnen und Fußgänger bleibt ein schmaler Steg geöffnet.",
        "Das Gutachten ist {n} Seiten lang. Öffentlich ist bisher nur die erste.",
        "Zu Ende ist die Sache damit nicht.",
    ),
)
SPANISH = (
    (
        "{place} cierra el puente de la calle {street} durante {n} semanas",
        "La escuela de la calle {street}, en {place}, tendrá tejado nuevo en {n} meses",
    ),
    (
        "El ayuntamiento de {place} tomó la decisión en menos de una hora, después de años de dudas.",
        "«Lo dijimos, lo escribimos y nadie quiso escucharnos», afirmó {official}, responsable de obras.",
        "El coste se calcula en {n} millones de euros, el doble de lo anunciado.",
        "Unos {many} vecinos viven cerca, según una asociación del barrio; a muy pocos se les preguntó.",
        "{resident}, panadero de {age} años, no oculta su enfado: «Nos prometen reuniones y nos envían folletos».",
        "¿Y los autobuses? Las líneas {n} y {n} irán por el camino del molino, un cuarto de hora más largo.",
        "La oposición pide que se publique el informe de los ingenieros, que tiene {n} páginas.",
        "El asunto, advierte, no termina aquí.",
    ),
)
CHINESE = (
    ("青石镇老桥封闭{n}周", "青石镇中学屋顶漏雨，{n}个班停课"),
    (
        "青石镇政府昨天宣布，因检查中发现裂缝，将立即采取封闭措施，预计持续{n}周。",
        "镇长林秀兰说：“我们早就提醒过这种风险，只是没有想到时间会这么紧。”",
        "据估计，维修费用将达到{n}万元，比最初的预算高出一倍。",
        "附近约有{many}名居民受到影响，公共汽车需要绕行，路程增加{n}分钟。",
        "面包店老板陈国栋今年{age}岁，他说：“大家只想知道什么时候能够恢复正常。”",
        "工程师的报告共有{n}页，目前只公布了第一页。",
        "镇议会将在下个月继续讨论这个问题。",
    ),
)
