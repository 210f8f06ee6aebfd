"""Twelve events of invented places, in five languages, each told in a clean article that answers its question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """An event: what is asked about it, what the right answer says, and the article that says it."""

    question: str
    answer: str
    file: str
    text: str


STORIES: dict[str, Story] = {
    "lamp": Story(
        "How many nights was the light at Skerry Point dark?",
        "eleven",
        "sound-herald/lamp.txt",
        """Light at Skerry Point burns again

2 March 2026

The light at Skerry Point was lit on Monday after eleven dark nights, the pilots' office said.

A new lamp had come in the wrong size twice, its head, Tove Lindqvist, said.
""",
    ),
    "mill": Story(
        "What started the fire at the Tarnbrook mill?",
        "heater",
        "sound-herald/mill.txt",
        """Heater blamed for mill fire

9 March 2026

A heater left on in the drying room started the fire at the Tarnbrook mill, the fire brigade said on Monday.

Nobody was hurt. The mill has stood empty since 2019.
""",
    ),
    "bridge": Story(
        "How much will the repair of the Oster bridge cost?",
        "4.2 million",
        "valley-times/bridge.txt",
        """Oster bridge to be repaired in autumn

12 March 2026

The repair of the Oster bridge will cost 4.2 million crowns, the county's engineer, Milo Haas, said on Thursday.

Work begins in September and is to last fourteen weeks.
""",
    ),
    "vote": Story(
        "How did the Velm council vote on the bus lines?",
        "six to three",
        "valley-times/vote.txt",
        """Velm keeps its evening buses

17 March 2026

The Velm council voted six to three on Tuesday to keep the evening bus lines for another year.

Councillor Ada Prunn said the lines were "cheaper than the taxis we would owe people."
""",
    ),
    "school": Story(
        "Who is the new head of the Larkfield school?",
        "Ines Dorrow",
        "valley-times/school.txt",
        """Larkfield school has a new head

20 March 2026

Ines Dorrow will lead the Larkfield school from August, the school board said on Friday.

She has taught chemistry there since 2011.
""",
    ),
    "bees": Story(
        "Why did the bee market in Quill close early?",
        "hail",
        "sound-herald/bees.txt",
        """Hail ends bee market after two hours

11 April 2026

The bee market in Quill closed early on Saturday because hail had broken some forty hives, the organisers said.

Buyers will get their deposits back by the end of the month.
""",
    ),
    "ferry": Story(
        "When does the night ferry to Aske sail again?",
        "14 May",
        "sound-herald/ferry.txt",
        """Night ferry to Aske returns in May

22 April 2026

The night ferry to Aske will sail again from 14 May, the shipping line said on Wednesday.

Its stern door had failed an inspection in February.
""",
    ),
    "well": Story(
        "What did the laboratory find in the water of the Corran well?",
        "nitrate",
        "valley-times/well.txt",
        """Corran well stays shut

28 April 2026

The laboratory found nitrate at twice the limit in the water of the Corran well, the health office said on Tuesday.

Bottled water is handed out at the town hall until the level falls.
""",
    ),
    "harnfeld": Story(
        "Wie viele Menschen mussten in Harnfeld ihre Wohnungen verlassen?",
        "43",
        "harnfelder-bote/wasser.txt",
        """Rohrbruch in Harnfeld

4. Mai 2026

Nach dem Rohrbruch mussten in Harnfeld 43 Menschen ihre Wohnungen verlassen, teilte die Feuerwehr am Montag mit.

Die Turnhalle ist bis Mittwoch als Notquartier geöffnet.
""",
    ),
    "lambel": Story(
        "Combien de bateaux ont été perdus à Port-Lambel ?",
        "Sept",
        "gazette-de-lambel/tempete.txt",
        """Tempête sur Port-Lambel

6 mai 2026

Sept bateaux ont été perdus à Port-Lambel dans la nuit de mardi, a indiqué la capitainerie.

Le quai nord restera fermé jusqu'à lundi.
""",
    ),
    "regata": Story(
        "¿Quién ganó la regata de Villaquieta?",
        "Marina Olmos",
        "el-faro-de-villaquieta/regata.txt",
        """Olmos gana la regata

10 de mayo de 2026

Marina Olmos ganó el domingo la regata de Villaquieta por apenas cuatro segundos, según los jueces.

La salida se había retrasado una hora por la niebla.
""",
    ),
    "teatro": Story(
        "Quando riapre il teatro di Montequadro?",
        "3 ottobre",
        "corriere-di-montequadro/teatro.txt",
        """Il teatro riapre in autunno

12 maggio 2026

Il teatro di Montequadro riapre il 3 ottobre dopo due anni di lavori, ha detto il sindaco martedì.

I primi biglietti saranno in vendita da luglio.
""",
    ),
}
