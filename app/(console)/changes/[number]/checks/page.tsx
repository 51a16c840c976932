import { ChecksView } from "#components/reviews/checks-view.tsx";
import { except } from "../actions.ts";
import { loadChange, loadGates } from "../load.ts";

export default async function ChecksPage({ params }: PageProps<"/changes/[number]/checks">) {
  const { number } = await params;
  const [view, gates] = await Promise.all([loadChange(number), loadGates(number)]);
  return <ChecksView view={view} gates={gates} except={except} now={new Date()} />;
}
