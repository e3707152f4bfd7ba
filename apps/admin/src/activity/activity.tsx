/** Everything that happens, by type and operator, live. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { PageHead, Shown } from '@predictu/ui/kit/panel.tsx';
import { FeedControls, FeedList, useFeed } from '@predictu/ui/nouns/activity.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import { Filters } from '@predictu/ui/table/filters.tsx';

const TYPES = ['trade', 'settlement', 'user_signup', 'risk_event', 'operator_event', 'config_change'] as const;

type Entry = Pick<Row<'listActivity'>, 'user_id' | 'market_id' | 'operator_slug'>;
/** Where an entry leads: to its player, its market, its operator. */
export const placeOf = ({ user_id, market_id, operator_slug }: Entry): string =>
  user_id ? `/users/${user_id}` : market_id ? `/markets/${market_id}` : operator_slug ? `/operators/${operator_slug}` : '/activity';

export function Activity() {
  const [address, change] = useAddress();
  const go = useGo();
  const query = { type: address['type'], operator: address['operator'] };
  const first = useEndpoint('listActivity', { query: { ...query, limit: 100 } });
  const feed = useFeed(
    first.data?.data,
    ({ type, operator_slug }) => (!query.type || type === query.type) && (!query.operator || operator_slug === query.operator),
  );
  return (
    <>
      <PageHead title="Activity">
        <FeedControls feed={feed} />
      </PageHead>
      <div className="toolbar">
        <Filters
          filters={[
            { name: 'type', label: 'Type', kind: 'choice', options: TYPES.map((value) => ({ value, label: formatWords(value) })) },
            { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug, like example-casino.' },
          ]}
          values={address}
          onChange={change}
        />
      </div>
      <Shown query={first} rows={12}>
        {() => <FeedList entries={feed.shown} operators onOpen={(entry) => go(placeOf(entry))} />}
      </Shown>
    </>
  );
}
