/** An operator by its name, and the way to it; stands in rows that open something else themselves. */
import { Link } from '@tanstack/react-router';

export function OperatorLink({ of }: { of: { slug: string; name: string } | null }) {
  if (!of) return '–';
  return (
    <Link className="link" to={`/operators/${of.slug}`} onClick={(event) => event.stopPropagation()}>
      {of.name}
    </Link>
  );
}
