import { createPhraseFinder, type FindPhrase } from './phrases.ts';
import { roleWords } from './roles/actors.ts';

/** Faiths and peoples that a question may name, whatever an article is about. */
const PEOPLES =
  'arab arabs asian asians african africans european europeans western christian christians christianity catholic catholics ' +
  'orthodox protestant protestants muslim muslims islam islamic sunni sunnis shia shiite shiites jew jews jewish judaism hindu ' +
  'hindus buddhist buddhists kurd kurds kurdish palestinian palestinians american americans british briton britons french german ' +
  'germans italian italians spanish dutch swiss swedish norwegian danish finnish polish russian russians ukrainian ukrainians ' +
  'turkish turk turks iranian iranians iraqi iraqis syrian syrians egyptian egyptians saudi saudis lebanese jordanian israeli ' +
  'israelis armenian armenians azerbaijani azerbaijanis azeri azeris georgian georgians chinese japanese korean koreans indian ' +
  'indians pakistani pakistanis afghan afghans canadian canadians mexican mexicans brazilian brazilians australian australians ' +
  'greek greeks hungarian hungarians romanian romanians bulgarian bulgarians serbian serbs croatian croats czech czechs austrian ' +
  'austrians belgian belgians portuguese irish scottish welsh english kazakh kazakhs uzbek uzbeks';

const OTHERS =
  'usa america britain england scotland wales uk england eu nato un europe asia africa biden trump obama putin';

/** Countries as this runtime names them, cities that have a time zone, and peoples: names in lower case, in words. */
function worldNames(): string[][] {
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const countries = letters.flatMap((one) => letters.flatMap((other) => regions.of(one + other) ?? []));
  const cities = Intl.supportedValuesOf('timeZone').map((zone) => (zone.split('/').at(-1) ?? '').replaceAll('_', ' '));
  return [...countries, ...cities, ...PEOPLES.split(' '), ...OTHERS.split(' ')]
    .map(roleWords)
    .filter((words) => words.length > 0);
}

/** Finds the names of countries, large cities, faiths and peoples that any article may be asked about. */
export const findWorldName: FindPhrase<string> = createPhraseFinder(
  worldNames().map((words) => ({ words, meaning: words.join(' ') })),
);
