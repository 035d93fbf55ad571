import { countOf, momentOf } from "../parts/format.ts";

/** What a report says of itself, as far as it was asked for. */
interface Said {
  excludedByConsent?: number;
  wholeSince?: string | null;
  archivedMonths?: readonly string[];
}

/** Says what is not in a report, and why; nothing where all is. */
export function LeftOut({ of: data }: { of: object }) {
  const [said = {}] = Object.values(data) as (Said | undefined)[];
  const { excludedByConsent = 0, wholeSince = null, archivedMonths = [] } = said;
  if (excludedByConsent === 0 && wholeSince === null && archivedMonths.length === 0) return null;
  return (
    <p className="note">
      {archivedMonths.length > 0 && (
        <>
          The touchpoints of {archivedMonths.join(", ")} are in the archive and count for nothing here:{" "}
          <code>npm run c360 -- restore-month</code> brings a month back.{" "}
        </>
      )}
      {wholeSince !== null && <>Of what happened before {momentOf(wholeSince)} some is kept no longer. </>}
      {excludedByConsent > 0 && <>{countOf(excludedByConsent)} customers are left out, who refuse it.</>}
    </p>
  );
}
