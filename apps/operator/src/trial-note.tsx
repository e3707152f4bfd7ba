/** Where the operator's trial stands, above every page; nothing for one that is not on trial. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Note } from '@predictu/ui/kit/panel.tsx';

export function TrialNote() {
  const trial = useEndpoint('getSettings', {}).data?.data.trial;
  if (!trial) return null;
  const ends = trial.ends_at.slice(0, 10);
  const words = {
    trial: `You are on trial until ${ends}. Tell the platform how you want to go on.`,
    grace: `Your trial ended on ${ends}. Everything works until ${trial.read_only_from.slice(0, 10)}; then the workspace can be read and not changed.`,
    over: 'Your trial is over: everything can be read, nothing changed. Your players sell and withdraw as always. Nothing has been deleted.',
  };
  return (
    <div style={{ padding: '12px 20px 0' }}>
      <Note tone={trial.phase === 'trial' ? 'plain' : trial.phase === 'grace' ? 'warn' : 'danger'}>{words[trial.phase]}</Note>
    </div>
  );
}
