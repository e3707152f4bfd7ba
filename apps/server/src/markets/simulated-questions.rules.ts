/** The wording of simulated questions: each measurable, with its source, cut-off and what happens when nothing happens. */
import type { Category } from '@predictu/contract/shapes/category';

export type Template = {
  /** `{subject}`, `{level}` and `{date}` are filled in. */
  title: string;
  yes: string;
  source: string;
  tags: readonly string[];
  subjects: readonly string[];
  /** Round levels the question may ask about; the text of the level, or none. */
  levels?: readonly string[];
  otherwise: string;
};

const NEVER_HAPPENED = 'If it has not happened by then, this market resolves NO.';
const MATCH_CLAUSE = 'A draw resolves NO. If the match is postponed by more than seven days or cancelled, this market resolves 50-50.';
const PRINT_CLAUSE = 'Only the first published figure counts; later revisions do not. If publication is delayed by more than 14 days, the previous figure is used.';
// The lengths are multiples of the slots that share a template, so that no two of them ever ask the same question at once.
const NATIONS = ['Spain', 'Germany', 'Brazil', 'Japan', 'Portugal', 'Morocco', 'Belgium', 'Croatia', 'Uruguay', 'Senegal', 'Denmark', 'Mexico', 'Ghana', 'Italy', 'Austria'];
const ECONOMIES = ['the United States', 'the euro area', 'the United Kingdom', 'Japan', 'Canada', 'Australia', 'Switzerland', 'Sweden'];
const COINS = ['Bitcoin', 'Ether', 'Solana', 'XRP', 'Dogecoin', 'Cardano', 'Chainlink', 'Litecoin', 'Avalanche', 'Polkadot'];
const COUNTRIES = ['France', 'Germany', 'Poland', 'Chile', 'Canada', 'Sweden', 'South Korea', 'the Netherlands', 'Kenya', 'Argentina', 'Norway', 'Ireland'];
const CITIES = ['New York', 'London', 'Paris', 'Tokyo', 'Sydney', 'Madrid', 'Toronto', 'Seoul', 'Chicago', 'Berlin',
  'Vienna', 'Lisbon', 'Dublin', 'Oslo', 'Boston', 'Melbourne', 'Montreal', 'Osaka', 'Athens', 'Warsaw'];

export const TEMPLATES: Record<Category, readonly Template[]> = {
  sports: [
    { title: 'Will {subject} win their next international football match before {date}?', tags: ['Sports', 'Soccer'], subjects: NATIONS,
      yes: '{subject} win, in regular time, extra time or on penalties, the first senior international they play after this market opens and before {date}',
      source: 'the official match report of the governing body', otherwise: MATCH_CLAUSE },
    { title: 'Will {subject} score {level} or more goals in their match ending by {date}?', tags: ['Sports', 'Soccer'], subjects: NATIONS, levels: ['2', '3', '4'],
      yes: '{subject} score at least {level} goals in regular or extra time of their last match ending by {date}',
      source: 'the official match report of the governing body', otherwise: MATCH_CLAUSE },
    { title: 'Will the top seed win the tennis final in {subject} by {date}?', tags: ['Sports', 'Tennis'], subjects: CITIES,
      yes: 'the player seeded first wins the singles final of the tournament in {subject} by {date}',
      source: 'the tour’s published draw', otherwise: 'A walkover counts as a win. If the final is not played, this market resolves 50-50.' },
    { title: 'Will {subject} win a medal in the athletics meeting ending {date}?', tags: ['Sports', 'Olympics'], subjects: NATIONS,
      yes: 'an athlete representing {subject} wins any medal in the meeting ending {date}',
      source: 'the organiser’s official results', otherwise: 'Results struck out after the meeting do not matter. If it is cancelled, this market resolves 50-50.' },
    { title: 'Will the basketball game in {subject} on {date} have more than {level} points?', tags: ['Sports', 'Basketball'], subjects: CITIES, levels: ['209', '219', '229'],
      yes: 'both teams together score more than {level} points, overtime included, in the game played in {subject} on {date}',
      source: 'the league’s box score', otherwise: 'If the game is not finished within seven days, this market resolves 50-50.' },
    { title: 'Will the marathon in {subject} be won in under {level} before {date}?', tags: ['Sports', 'Racing'], subjects: CITIES, levels: ['2:05:00', '2:06:00', '2:07:00'],
      yes: 'the official winning time of the next elite marathon in {subject} held before {date} is below {level}',
      source: 'the organiser’s official results', otherwise: 'If no such race is finished by then, this market resolves NO.' },
  ],
  crypto: [
    { title: 'Will {subject} be up {level} or more by {date}?', tags: ['Crypto', 'Crypto Prices'], subjects: COINS, levels: ['5%', '10%', '15%', '25%'],
      yes: 'the price of {subject} in US dollars at the cut-off is at least {level} above its price when this market opened',
      source: 'the volume-weighted average of three large exchanges over the last minute', otherwise: 'If one exchange is down, the others count. Otherwise this market resolves NO.' },
    { title: 'Will {subject} fall {level} or more before {date}?', tags: ['Crypto', 'Crypto Prices'], subjects: COINS, levels: ['5%', '10%', '20%'],
      yes: 'the price of {subject} in US dollars touches a level {level} or more below its price when this market opened',
      source: 'one-minute candles of a large exchange', otherwise: NEVER_HAPPENED },
    { title: 'Will {subject} close higher on {date} than the day before?', tags: ['Crypto', 'Up or Down'], subjects: COINS,
      yes: 'the daily close of {subject} on {date} (UTC) is higher than the close before it',
      source: 'daily candles of a large exchange', otherwise: 'An equal close resolves NO.' },
    { title: 'Will the average {subject} transaction fee exceed {level} before {date}?', tags: ['Crypto'], subjects: COINS, levels: ['$1', '$2', '$5'],
      yes: 'the seven-day average fee of a {subject} transaction exceeds {level} on any day before {date}',
      source: 'public chain statistics', otherwise: NEVER_HAPPENED },
    { title: 'Will a spot {subject} fund see a week of net outflows before {date}?', tags: ['Crypto', 'Finance'], subjects: COINS,
      yes: 'the listed spot funds holding {subject} together report a negative net flow for a calendar week ending before {date}',
      source: 'the issuers’ daily figures', otherwise: 'If no such fund is listed, this market resolves NO.' },
  ],
  politics: [
    { title: 'Will the parliament of {subject} pass its budget before {date}?', tags: ['Politics', 'World'], subjects: COUNTRIES,
      yes: 'the national parliament of {subject} adopts the budget in a final vote before {date}',
      source: 'the parliament’s published record', otherwise: NEVER_HAPPENED },
    { title: 'Will the government of {subject} lose a confidence vote before {date}?', tags: ['Politics', 'World'], subjects: COUNTRIES,
      yes: 'the government of {subject} is defeated in a formal vote of confidence or no confidence before {date}',
      source: 'the parliament’s published record', otherwise: NEVER_HAPPENED },
    { title: 'Will a minister of {subject} resign before {date}?', tags: ['Politics'], subjects: COUNTRIES,
      yes: 'any member of the cabinet of {subject} announces a resignation or is dismissed before {date}',
      source: 'a statement of the government or two national news agencies', otherwise: NEVER_HAPPENED },
    { title: 'Will {subject} call an early election before {date}?', tags: ['Politics', 'Elections'], subjects: COUNTRIES,
      yes: 'an election of the national parliament of {subject} earlier than scheduled is formally called before {date}',
      source: 'the official gazette', otherwise: NEVER_HAPPENED },
    { title: 'Will turnout in the regional election in {subject} by {date} exceed {level}?', tags: ['Politics', 'Elections'], subjects: COUNTRIES, levels: ['55%', '60%', '65%', '70%'],
      yes: 'the official turnout of the last regional election held in {subject} by {date} is above {level}',
      source: 'the electoral authority', otherwise: 'If no such election is held by then, this market resolves NO.' },
  ],
  entertainment: [
    { title: 'Will a film from {subject} open at number one by {date}?', tags: ['Entertainment', 'Movies'], subjects: COUNTRIES,
      yes: 'a film produced mainly in {subject} leads the weekend box office of North America on any weekend ending by {date}',
      source: 'the published weekend chart', otherwise: NEVER_HAPPENED },
    { title: 'Will the number one single in {subject} change before {date}?', tags: ['Entertainment', 'Music'], subjects: COUNTRIES,
      yes: 'the official singles chart of {subject} shows another number one than when this market opened, in any edition before {date}',
      source: 'the official chart company', otherwise: NEVER_HAPPENED },
    { title: 'Will the festival in {subject} sell out by {date}?', tags: ['Entertainment', 'Music'], subjects: CITIES,
      yes: 'the organiser of the next large music festival in {subject} announces by {date} that all day tickets are sold',
      source: 'the organiser’s website', otherwise: 'If it is cancelled first, this market resolves 50-50.' },
    { title: 'Will the top new series score {level} or more with critics by {date}?', tags: ['Entertainment', 'TV'], subjects: CITIES, levels: ['75', '80', '85', '90'],
      yes: 'the most watched new series set in {subject} has an average critics’ score of at least {level} at the cut-off',
      source: 'the largest review aggregator', otherwise: 'With fewer than ten reviews this market resolves NO.' },
    { title: 'Will the museum record in {subject} be broken by {date}?', tags: ['Culture', 'Art'], subjects: CITIES,
      yes: 'a museum in {subject} announces by {date} its highest monthly number of visitors ever',
      source: 'the museum’s press office', otherwise: NEVER_HAPPENED },
  ],
  economics: [
    { title: 'Will inflation in {subject} come in at {level} or more by {date}?', tags: ['Economy', 'Inflation'], subjects: ECONOMIES, levels: ['2.0%', '2.5%', '3.0%', '3.5%'],
      yes: 'the last annual consumer price inflation published for {subject} by {date} is {level} or more',
      source: 'the statistical office', otherwise: PRINT_CLAUSE },
    { title: 'Will the central bank of {subject} change its rate by {date}?', tags: ['Economy', 'Interest Rates'], subjects: ECONOMIES,
      yes: 'the central bank responsible for {subject} announces by {date} another policy rate than when this market opened',
      source: 'the central bank’s press release', otherwise: NEVER_HAPPENED },
    { title: 'Will unemployment in {subject} rise in the figure published by {date}?', tags: ['Economy', 'Jobs'], subjects: ECONOMIES,
      yes: 'the last unemployment rate published for {subject} by {date} is higher than the one before it',
      source: 'the statistical office', otherwise: PRINT_CLAUSE },
    { title: 'Will the main share index of {subject} gain {level} by {date}?', tags: ['Stocks', 'Finance'], subjects: ECONOMIES, levels: ['1%', '2%', '4%'],
      yes: 'the main share index of {subject} closes at least {level} above its close before this market opened, on the last trading day by {date}',
      source: 'the exchange’s closing prices', otherwise: 'A closed exchange moves the cut-off to the last trading day before it.' },
    { title: 'Will growth in {subject} beat the forecast published by {date}?', tags: ['Economy', 'GDP'], subjects: ECONOMIES,
      yes: 'the first estimate of quarterly growth of {subject} published by {date} exceeds the median of a published survey',
      source: 'the statistical office', otherwise: PRINT_CLAUSE },
  ],
  other: [
    { title: 'Will it reach {level} in {subject} by {date}?', tags: ['Weather'], subjects: CITIES, levels: ['22°C', '26°C', '30°C', '34°C'],
      yes: 'the official station of {subject} reports a temperature of {level} or more on any day up to {date}',
      source: 'the national weather service', otherwise: NEVER_HAPPENED },
    { title: 'Will {subject} have rain on {level} or more days before {date}?', tags: ['Weather'], subjects: CITIES, levels: ['3', '5', '8'],
      yes: 'the official station of {subject} reports at least 1 mm of rain on {level} or more days before {date}',
      source: 'the national weather service', otherwise: NEVER_HAPPENED },
    { title: 'Will an earthquake of magnitude {level} strike near {subject} before {date}?', tags: ['Science', 'Earthquakes'], subjects: ['Tokyo', 'Santiago', 'Jakarta', 'Los Angeles', 'Istanbul', 'Athens', 'Manila', 'Lima'], levels: ['4.5', '5.0', '5.5'],
      yes: 'an earthquake of magnitude {level} or more with its centre within 300 km of {subject} occurs before {date}',
      source: 'a public seismological catalogue, 24 hours after the event', otherwise: NEVER_HAPPENED },
    { title: 'Will the next launch from {subject} succeed before {date}?', tags: ['Science', 'Space'], subjects: ['Cape Canaveral', 'Kourou', 'Vandenberg', 'Tanegashima', 'Sriharikota', 'Jiuquan', 'Mahia', 'Wenchang'],
      yes: 'an orbital launch from {subject} takes place before {date} and reaches orbit',
      source: 'the launch provider', otherwise: NEVER_HAPPENED },
    { title: 'Will an airport in {subject} close for a day before {date}?', tags: ['Travel'], subjects: CITIES,
      yes: 'the largest airport of {subject} cancels all departures for at least twelve hours in a row before {date}',
      source: 'the airport’s announcements', otherwise: NEVER_HAPPENED },
  ],
};

/** Questions open at a time and how many days one runs, by category. */
export const CALENDAR: Record<Category, { slots: number; days: readonly [number, number] }> = {
  sports: { slots: 30, days: [2, 10] },
  crypto: { slots: 22, days: [3, 30] },
  politics: { slots: 20, days: [14, 75] },
  entertainment: { slots: 16, days: [7, 45] },
  economics: { slots: 16, days: [7, 45] },
  other: { slots: 16, days: [4, 40] },
};
