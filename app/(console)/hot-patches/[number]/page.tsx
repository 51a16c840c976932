import type { Metadata } from "next";
import { LevelBadge, PhaseBadge } from "#components/hot-patches/badges.tsx";
import { lengthsOf } from "#components/hot-patches/lengths.ts";
import { PatchView } from "#components/hot-patches/patch-view.tsx";
import { Live } from "#components/shell/live.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showHotPatch } from "#lib/hot-patches/queries/show-hot-patch.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { approve, deny, extend, keep, reassign, revert, review, withdraw } from "./actions.ts";

type Props = PageProps<"/hot-patches/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number } = await params;
  return { title: `HP-${number}` };
}

export default async function HotPatchPage({ params }: Props) {
  const [{ number }, actor] = await Promise.all([params, requireActor()]);
  const patch = await found(showHotPatch(actor, { number }));
  const { system, environment, bundle, now } = patch;
  const lengths = lengthsOf(patch.policy);
  return (
    <>
      <Live />
      <PageHeader
        breadcrumbs={[
          { label: "Hot-patches", href: "/hot-patches" },
          {
            label: `${system.name}, ${environment.name}`,
            href: `/hot-patches?system=${system.slug}&environment=${environment.slug}`,
          },
        ]}
        title={`${patch.incident}: ${patch.reason}`}
        suffix={patch.name}
        meta={
          <>
            <PhaseBadge phase={patch.phase} />
            <LevelBadge level={patch.level} />
            <span>
              <TextLink quiet href={`/systems/${system.slug}`}>
                {system.name}
              </TextLink>{" "}
              ·{" "}
              <TextLink quiet href={`/systems/${system.slug}/environments/${environment.slug}`}>
                {environment.name}
              </TextLink>{" "}
              ·{" "}
              <TextLink quiet href={`/systems/${system.slug}/bundles/${bundle.slug}`}>
                {bundle.name}
              </TextLink>
            </span>
            <span>
              filed by {patch.filedByName} <Time at={patch.filedAt} now={now} show="relative" />
            </span>
            <CopyButton link={`/hot-patches/${patch.number}`} label="Copy link to this hot-patch" />
          </>
        }
      />
      <PatchView
        patch={patch}
        mayAudit={mayAnywhere(actor, "audit:read")}
        deeds={{
          facts: {
            number: patch.number,
            name: patch.name,
            environment: environment.name,
            minutes: patch.minutes,
            isServed: patch.isServed,
            extensionsLeft: patch.extensionsLeft,
            ceiling: formatUtc(patch.ceilingAt),
            lengths,
            defaultLength: patch.policy.defaultMinutes,
            possibleOwners: patch.possibleOwners,
          },
          actions: { approve, deny, withdraw, extend, review, keep, revert, reassign },
        }}
      />
    </>
  );
}
