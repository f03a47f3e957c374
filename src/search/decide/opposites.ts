import { stem } from '../words.ts';

/** Pairs of words of which a claim and a question about it can't have one each. */
const PAIRS =
  'accept/reject accept/refuse accept/decline agree/refuse allow/ban allow/forbid allow/prohibit approve/reject approve/refuse ' +
  'win/lose won/lost win/lost won/lose victory/defeat rise/fall rose/fell rise/drop rose/dropped increase/decrease increase/fall ' +
  'grow/shrink grew/shrank more/less more/fewer higher/lower highest/lowest most/least above/below early/late earlier/later ' +
  'before/after first/last open/close opened/closed start/end began/ended begin/end start/stop support/oppose supporter/opponent ' +
  'favour/oppose favor/oppose for/against praise/criticise praise/criticize praise/condemn support/criticise support/criticize ' +
  'strengthen/weaken strong/weak improve/worsen better/worse best/worst gain/lose gained/lost profit/loss buy/sell bought/sold ' +
  'import/export importer/exporter lend/borrow give/take gave/took pass/fail succeed/fail success/failure safe/dangerous safe/unsafe ' +
  'trust/distrust friend/enemy ally/enemy love/hate like/dislike peace/war join/leave joined/left enter/leave arrive/depart ' +
  'build/demolish built/demolished create/destroy keep/abolish save/waste cheap/expensive cheaper/dearer free/occupied ' +
  'majority/minority guilty/innocent confirm/deny admit/deny true/false public/private boy/girl men/women teacher/pupil ' +
  'attack/defend invade/liberate occupy/liberate welcome/expel hire/fire include/exclude remember/forget oldest/youngest ' +
  'largest/smallest biggest/smallest richest/poorest fastest/slowest faster/slower longer/shorter larger/smaller bigger/smaller ' +
  'warm/cold close/distant cancel/hold postpone/hold';

const OPPOSITES = new Map<string, Set<string>>();
for (const pair of PAIRS.split(' ')) {
  const [one = '', other = ''] = pair.split('/').map(stem);
  OPPOSITES.set(one, (OPPOSITES.get(one) ?? new Set()).add(other));
  OPPOSITES.set(other, (OPPOSITES.get(other) ?? new Set()).add(one));
}

const RISE = stemsOf(
  'rise rises rose risen rising raise raised grow grows grew grown growing growth increase increased climb climbed jump jumped ' +
    'surge surged soar soared double doubled triple tripled expand expanded higher upswing rocket rocketed',
);
const FALL = stemsOf(
  'fall falls fell fallen falling drop drops dropped lower lowered shrink shrank shrunk decrease decreased decline declined slump ' +
    'slumped plunge plunged plummet sink sank sunk halve halved dip dipped reduce reduced reduction dwindle dwindled',
);

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').map(stem));
}

/**
 * Whether a question has the opposite of what a statement says: a word that the statement lacks while it has the word's opposite,
 * or a rise for a fall. Both are given as stems.
 */
export function isOpposite(asked: readonly string[], statement: ReadonlySet<string>): boolean {
  return hasOpposite(asked, statement) || goesTheOtherWay(asked, statement);
}

function hasOpposite(asked: readonly string[], statement: ReadonlySet<string>): boolean {
  return asked.some((word) => {
    const opposites = OPPOSITES.get(word);
    return (
      opposites !== undefined && !statement.has(word) && [...opposites].some((opposite) => statement.has(opposite))
    );
  });
}

function goesTheOtherWay(asked: readonly string[], statement: ReadonlySet<string>): boolean {
  const wanted = directionOf(asked);
  const said = directionOf(statement);
  return wanted !== undefined && said !== undefined && wanted !== said;
}

/** `up` or `down` if some words have one of the two; undefined if neither or both. */
function directionOf(words: Iterable<string>): 'up' | 'down' | undefined {
  let [up, down] = [false, false];
  for (const word of words) {
    up ||= RISE.has(word);
    down ||= FALL.has(word);
  }
  if (up === down) return undefined;
  return up ? 'up' : 'down';
}
