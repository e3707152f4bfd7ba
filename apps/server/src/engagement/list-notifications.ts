/** A player reads what it was told. */
import type { listNotifications as listEndpoint, readNotifications as readEndpoint } from '@predictu/contract/player/engagement';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { countNotifications, markRead, type NotificationRow, selectNotifications } from './notification.sql.ts';

/** Without whose it is. */
export const showNotification = ({ operator_id: _operator, player_id: _player, ...shown }: NotificationRow) => shown;

export const listNotifications: Handler<typeof listEndpoint> = async ({ db, actor }, { query }) => {
  const slice = sliceOf(query, 0);
  const [rows, { total, unread }] = await Promise.all([selectNotifications(db, actor, slice), countNotifications(db, actor)]);
  return { unread: Number(unread), ...pageOf(query, total, rows, null, showNotification) };
};

export const readNotifications: Handler<typeof readEndpoint> = async ({ db, actor, now }, { body }) => {
  await markRead(db, actor, body.ids, now);
  return { data: { unread: Number((await countNotifications(db, actor)).unread) } };
};
