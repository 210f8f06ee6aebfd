"""The raw material of invented local news in English: topics with their facts, and what people always say.

Slots in braces are filled by the desk: {n} {few} {many} {money} {pc} {age} {years} anew each time, names once a story.
No template holds a weekday, a date or a word that is spelt differently in Britain and America, except
where a slot ({harbour}, {councillor}, {pc}, {money}) lets the story's region choose.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of story. `thing` is what it is about, used by the common paragraphs too."""

    section: str
    thing: str
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[str, ...]
    subheads: tuple[str, ...]


TOPICS = (
    Topic(
        "Transport",
        "the {street} bridge",
        (
            "{street} bridge in {place} shut for {n} weeks after crack is found",
            "Crack closes {place}’s {street} bridge, and {many} drivers look for another way",
            "No heavy traffic on the {street} bridge, {place} engineers decide",
        ),
        (
            "Engineers closed the {street} bridge in {place}{when} after divers found a crack as long as a bus in one of its piers.",
            "{place} lost its only crossing for heavy traffic{when}, when inspectors shut the {street} bridge without warning.",
        ),
        (
            "The crack is {n} feet above the riverbed and runs through the full width of the pier, the inspection report says.",
            "About {many} vehicles cross the bridge on an ordinary day; most of them will now have to use the ring road, which adds {n} minutes.",
            "Buses on routes {n} and {n} end at the east bank. Passengers walk across and change.",
            "Steel plates worth {money} were ordered within hours and are to arrive by rail.",
            "The pier was last examined {years} years ago. It was given a clean bill of health, though the divers noted “poor visibility” on {few} of {n} dives.",
            "Ambulances have been moved to the west bank so that no patient waits longer than {n} minutes.",
        ),
        ("What drivers should know", "A pier nobody looked at", "The way round"),
    ),
    Topic(
        "Education",
        "the school on {street}",
        (
            "Roof gives way at {place} school, {n} classes sent home",
            "{place} pupils to be taught in tents until roof is mended",
            "School roof in {place} “was patched {n} times”",
        ),
        (
            "Part of the roof of the school on {street} fell into an empty gym{when}, minutes before {n} children were to use it.",
            "{n} classes in {place} were sent home{when} because rain came through the school roof faster than buckets could be emptied.",
        ),
        (
            "Nobody was hurt. The caretaker, {resident}, had locked the gym because of a wet floor.",
            "The building is {years} years old and houses {many} pupils, about {n} more than it was planned for.",
            "Lessons go on in the town hall, the fire station and a furniture shop whose owner offered {n} rooms free of charge.",
            "A new roof would cost {money}, a patch {money}; the board voted {n} to {n} for the patch a year ago.",
            "Parents had handed in {n} complaints about damp since the windows were replaced.",
            "An inspector will look at {n} other schools of the same design.",
        ),
        ("Lessons between sofas", "A cheaper patch", "Parents had warned"),
    ),
    Topic(
        "Business",
        "the {org} works",
        (
            "{org} to cut {n} jobs at its {place} works",
            "{org} brings night shift back to {place}",
            "{place} works of {org} sold for {money}",
        ),
        (
            "{org} told {many} workers in {place}{when} that one line in three will stop before the winter.",
            "The {org} works in {place} has a new owner, who promised{when} to keep every apprentice for at least {n} months.",
        ),
        (
            "Orders fell by {pc} in a year, the company said, mostly because two large customers now build the part themselves.",
            "Those who leave of their own will are offered {n} weeks’ pay for every five years of service.",
            "Sales in the last quarter came to {money}, after {money} a year earlier.",
            "The works makes pumps, valves and a hinge that, according to the company, sits in every second hospital bed in the country.",
            "A training workshop with {n} places is not affected.",
            "Suppliers around {place} count on the works for {pc} of their sales, the chamber of commerce found.",
        ),
        ("Two customers gone", "What is offered", "Suppliers count on it"),
    ),
    Topic(
        "Health",
        "the ward at {place} hospital",
        (
            "{place} hospital closes ward for lack of {n} nurses",
            "Night clinic in {place} to stay open after {many} sign petition",
            "Waiting time at {place} hospital doubles in {years} years",
        ),
        (
            "{place} hospital closed a ward with {n} beds{when} because it cannot fill the night shifts.",
            "Patients at {place} hospital wait {n} days for a bed, twice as long as {years} years ago, figures published{when} show.",
        ),
        (
            "The hospital needs {n} nurses for the ward and has {few}, of whom two are on leave.",
            "Operations that can wait are put off; {n} patients were told by telephone.",
            "Agency staff cost {money} last year, more than the ward’s whole budget.",
            "A flat, a bicycle and a nursery place are offered to anyone who signs for {n} months.",
            "In a survey, {pc} of the staff said they would come back to nights if shifts were fixed earlier.",
            "The nearest open ward is in {other}, {n} minutes away by road.",
        ),
        ("A flat and a bicycle", "What patients are told", "Costly help"),
    ),
    Topic(
        "Environment",
        "the {street} meadows",
        (
            "Flood water reaches {n} houses in {place}",
            "{place} buys {street} meadows so that the river has room",
            "{place} counts the cost after river rises {n} feet in a night",
        ),
        (
            "The river came over its banks at {place}{when} and stood in the cellars of {n} houses by the morning.",
            "{place} will let the river have the {street} meadows back: the council agreed{when} to buy {n} fields for {money}.",
        ),
        (
            "The gauge at the old mill read {n} inches above the highest mark in {years} years.",
            "Volunteers filled {many} sandbags. Half of them were needed.",
            "Farmers are to be paid {money} a field and may graze sheep on it in dry months.",
            "Insurers expect claims of {money}; {pc} of the owners have no cover.",
            "A pumping station on {street} failed after {n} minutes because its own cellar was under water.",
            "Biologists found {n} kinds of birds on a similar meadow near {other} within two springs.",
        ),
        ("A pump under water", "Room for the river", "Who pays for the cellars"),
    ),
    Topic(
        "Culture",
        "the museum on {street}",
        (
            "Letters found behind wall of {place} museum",
            "{place} museum lends its {n} clocks to {other}",
            "Museum on {street} opens at night, and {many} come",
        ),
        (
            "Workers who moved a wall at the museum in {place}{when} found a tin with {n} letters nobody had read for {years} years.",
            "{many} people waited along {street}{when} to see the museum by torchlight.",
        ),
        (
            "The letters are from a ship’s cook to his sister and tell of storms, prices and a parrot that answered in two languages.",
            "Entrance is free for those who bring a clock that does not work; {n} have been left so far.",
            "The collection holds {many} pieces, of which a visitor can see {n} at a time.",
            "Climate control for the cellar costs {money} and is paid by a foundation from {other}.",
            "Restorers need about {n} hours a page. The ink fades when it is looked at under bright lamps.",
            "The next night opening will have {n} guides, among them four pupils.",
        ),
        ("A cook and a parrot", "Bring a clock", "Under dim lamps"),
    ),
    Topic(
        "Politics",
        "the plan for {street}",
        (
            "{place} council rejects plan for {street} by {n} votes",
            "Mayor of {place} gives up plan for {street} after {n} hours’ debate",
            "{place} to vote on {street} again",
        ),
        (
            "After {n} hours the council in {place} threw out the plan for {street}{when}, with members of three parties on both sides.",
            "The mayor of {place} withdrew the plan for {street}{when} minutes before a vote that {official} was going to lose.",
        ),
        (
            "The plan would have turned {n} parking spaces into a market and a row of lime trees.",
            "An amendment to begin with one side of the street failed by a single vote; {councillor} {second} abstained.",
            "Shopkeepers handed in {many} signatures against the plan. A counter-petition had {many}.",
            "The state would have paid {pc} of the {money} that the work costs, but only if it begins this year.",
            "Under the rules the same plan may come back after {n} months, or at once with {n} signatures of members.",
            "The treasurer warned that {money} already spent on drawings cannot be got back.",
        ),
        ("One vote short", "Lime trees or parking", "Money that is gone"),
    ),
    Topic(
        "Courts",
        "the trial in {place}",
        (
            "Former treasurer of {place} club jailed for {n} months",
            "{place} court hears how {money} left a bowling club",
            "Judge in {place} throws out case over {n} missing bicycles",
        ),
        (
            "A court in {place} sentenced the former treasurer of a bowling club{when} to {n} months in prison for taking {money}.",
            "The case of the {n} missing bicycles ended in {place}{when} without a verdict, because the main witness could not tell one bicycle from another.",
        ),
        (
            "The money went in {n} small sums, each under the limit at which a second signature was needed.",
            "Her lawyer spoke of “an accounting habit that got out of hand” and asked for a fine.",
            "Of {money}, {pc} has been paid back, some of it in coins.",
            "Judge {second} said that trust is “the only furniture a club owns”.",
            "The court heard {n} witnesses on two days and looked at {many} pages of statements.",
            "An appeal is possible within {n} days. The lawyers did not say whether there will be one.",
        ),
        ("Small sums", "Furniture of a club", "An appeal is possible"),
    ),
    Topic(
        "Sport",
        "the ground on {street}",
        (
            "{place} Rovers stay up with goal in minute {n}",
            "{place} rowers win by the length of a hand",
            "Floodlights fail, and {place} plays on by car headlights",
        ),
        (
            "{place} Rovers saved their place in the league{when} with a goal that {n} spectators missed because they had left.",
            "With the floodlights dark, {many} people at the ground on {street} watched{when} the last minutes in the beam of {n} cars.",
        ),
        (
            "{second} scored from {n} yards after a corner that nobody cleared.",
            "It was the first win against {other} in {years} years and the third at home this season.",
            "The coach had changed {n} players at half-time, among them both full-backs.",
            "Tickets for the last match went for ten times their price in the morning, and for nothing in the evening.",
            "The club has debts of {money} and a new stand that {pc} of its members call too large.",
            "{n} children from the academy carried the goalkeeper off the pitch.",
        ),
        ("A corner nobody cleared", "Too large a stand", "Home, at last"),
    ),
    Topic(
        "Local",
        "the {harbour} at {place}",
        (
            "Ferry from {place} to {other} stops after {years} years",
            "{place} ferry runs aground with {n} on board",
            "New ferry for {place} is {n} feet too long for its berth",
        ),
        (
            "The ferry between {place} and {other} ran onto a sandbank{when} with {n} passengers, a hearse and a van full of onions.",
            "{place} has a new ferry and no place to tie it up: the berth is {n} feet too short, the operator admitted{when}.",
        ),
        (
            "Nobody was injured. Passengers were given tea and, after {n} hours, blankets.",
            "A tug from {other} pulled the ferry free at the second attempt, on the evening tide.",
            "The skipper, aged {age}, has {years} years’ experience and a spotless record.",
            "Lengthening the berth costs {money}, shortening the ferry about the same.",
            "The line carries {many} people a year, {pc} of them out of season.",
            "The sandbank moves by up to {n} yards each winter; the chart on board was {years} years old.",
        ),
        ("Onions and blankets", "An old chart", "Too long by a car"),
    ),
)

COMMON = (
    "“We knew this could happen, and we said so,” said {official}, {role}. “What we did not know is how little time there would be.”",
    "{resident}, who has lived on {street} for {years} years, heard of it from the baker. “You get used to a lot of things,” {resident_last} said. “Not to this.”",
    "“Ask me again in a month,” {second} told reporters. “Then I will either look clever or very foolish.”",
    "{official} would not say who had known what. “There is a report, and there will be a day for it,” {official_last} said.",
    "The cost is put at {money}. A first estimate had said {money}.",
    "According to {org}, which did the planning, {few} of {n} recommendations have been followed.",
    "In {other}, where something similar was tried, {pc} of those asked would do it again.",
    "{second}, aged {age}, sees it calmly: “My grandmother would have laughed, and then she would have fetched a shovel.”",
    "The council meets again in {n} days. The item is the {nth} on its list.",
    "A hotline is open from seven in the morning; {n} people called it in the first hour, most of them to ask when it would close.",
    "Critics call it too late, supporters call it a start, and the accountants call it {money}.",
    "About {many} people live within a mile of {thing}. Few of them had been asked.",
    "Nothing will change before the spring, {official_last} said, “and I choose the word nothing with care”.",
    "Volunteers have collected {money}, a van and {n} pairs of rubber boots.",
    "A spokeswoman for {org} said the firm “takes note of the matter and has nothing to add”; asked what that meant, she said it again.",
    "{resident_last} is one of {n} people who wrote to the mayor. {few} of them have had an answer.",
    "For {thing} it is the third setback in {years} years.",
    "It is not the end of the matter.",
    "“If I had {money} for every promise,” {second} said, “there would be no need for a council.”",
    "Figures seen by the newsroom show that {pc} of the budget for {thing} was never spent.",
)

DATED = (
    "The council first took up the matter on {past}, when none of its present members had a seat.",
    "An open evening about {thing} will be held on {future} in the town hall. Entrance is free.",
    "Since {past}, when a storm took the old weathercock, no year had brought so many letters.",
)
"""Paragraphs with a date that is not the publication date."""

BRITISH = (
    "Neighbours organised a rota and painted the railings in the colours of the rowing club, a labour of three evenings.",
    "The programme was cancelled, and a grey catalogue of honours went back into its drawer at the theatre.",
)
AMERICAN = (
    "Neighbors organized a rota and painted the railings in the colors of the rowing club, a labor of three evenings.",
    "The program was canceled, and a gray catalog of honors went back into its drawer at the theater.",
)
"""The same in two spellings: all that tells where some of the stories come from."""
