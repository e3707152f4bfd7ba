/** Key pairs on a page of their own, as the workspace's document has them. */
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Keys } from '../embed/keys.tsx';

export function ApiKeys() {
  return (
    <>
      <PageHead title="API keys" />
      <Keys />
    </>
  );
}
