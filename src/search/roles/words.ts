/** Verbs whose subject takes what somebody else gives, as in `Azerbaijan buys drones`. */
export const TAKING = wordSet(
  'accept accepted accepts acquire acquired acquires bought buy buying buys depend depended depends deploy deployed ' +
    'deploys employ employed endure endured face faced faces flew fly gain gained get gets getting got import imported ' +
    'importing imports inherit lack lose loses lost need needed needs obtain obtained order ordered own owned owns ' +
    'procure procured procures purchase purchased purchases purchasing receive received receives receiving rely relied ' +
    'relies seek sought suffer suffered suffers undergo use used uses using want wanted wants',
);

/** Nouns for what a party takes or bears, as in `Israel’s imports` or `Israeli victims`. */
export const TAKEN = wordSet(
  'buyer buyers casualties customer customers dead debt deficit dependence fatalities hostages import importer imports ' +
    'losses need needs order orders procurement purchase purchases reliance suffering target targets trauma victim victims',
);

/** Nouns for what a party does or gives, as in `Iranian threats` or `Israel’s exports`. */
export const GIVEN = wordSet(
  'aggression aid ammunition apology appeal arms atrocities atrocity attack attacks backing blockade bombing ' +
    'condemnation contribution crime crimes criticism deal delivery deliveries donation drone drones export exporter ' +
    'exporters exports gas gift gratitude guarantee guarantees gun guns hardware help invasion investment jets letter ' +
    'massacre massacres menace menaces missile missiles occupation offer oil praise pressure protection raid refusal ' +
    'refuge sale sales seller sellers shipment shipments solidarity statement strike strikes supplier suppliers supplies ' +
    'supply support sympathy tanks technology thanks threat threats tribute troops uav uavs violence visit war warning ' +
    'weapon weapons',
);

/** Nouns for an act on whoever follows with `of`, as in `the invasion of Azerbaijan`. */
export const DONE_TO = wordSet(
  'abandonment acceptance annexation blockade bombing bombardment capture conquest condemnation defence defense ' +
    'destruction hatred invasion inclusion killing liberation loss massacre murder occupation praise protection ' +
    'recognition seizure support supporter supporters treatment victims view',
);

/** Prepositions before whoever something comes from. */
export const SOURCE_PREPOSITIONS = wordSet('from by');

/** Prepositions before whoever something is for or done to. */
export const GOAL_PREPOSITIONS = wordSet('to for against towards toward upon at onto into');

/** Prepositions that say nothing of who acts. */
export const SYMMETRIC = wordSet('alongside beside between in inside like near than versus vs with within without');

/** What stands between two parties that do the same. */
export const JOINTS = wordSet('and both or nor the');

/** Forms of verbs that stand before the subject of a question. */
export const AUXILIARIES = wordSet(
  'am are aren can can-t could did didn do does doesn had has have is isn may might must shall should was wasn were ' +
    'weren will would won',
);

/** Forms of “be” and “get” that make a passive with what follows. */
export const PASSIVES = wordSet('am are be been being get gets got is was were');

/** Participles that do not end in -ed. */
export const PARTICIPLES = wordSet(
  'beaten begun blown bought brought built burnt caught chosen done driven fought found given held hit hurt kept known ' +
    'led left let lost made met paid put seen sent set shot shown sold spent stolen struck taken taught thrown told ' +
    'understood won written',
);

/** Words that a verb may follow but that aren't verbs. */
export const FILLERS = wordSet(
  'a all also already always an any actually both either ever even first just not never no now often once only other ' +
    'really so some still that the their then there these this those truly ’s',
);

/** Words after which a new clause begins. */
export const CLAUSE_STARTS = wordSet('because while when after before since if although though but whereas');

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
