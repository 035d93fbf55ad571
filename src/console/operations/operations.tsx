import type { ComponentType } from "react";
import { type AskedScope, useMay, useViewer } from "../api/viewer.ts";
import { Closed, Empty } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { HowFar, useLoading } from "../reports/reading.tsx";
import { usePlace } from "../shell/router.ts";
import { Intake } from "./intake.tsx";
import { Keys } from "./keys.tsx";
import { Rejections } from "./rejections.tsx";
import { RetentionPage } from "./retention.tsx";

interface Part {
  address: string;
  title: string;
  needs: AskedScope;
  view: ComponentType;
}

const PARTS: readonly Part[] = [
  { address: "/operations", title: "What came in", needs: "intake:read", view: Intake },
  { address: "/operations/rejections", title: "Rejections", needs: "rejections:read", view: Rejections },
  { address: "/operations/keys", title: "API keys", needs: "keys:admin", view: Keys },
  { address: "/operations/retention", title: "Retention", needs: "audit:read", view: RetentionPage },
];

/** Receipts, rejections, keys, and how long things are kept. */
export function OperationsPage() {
  const { path } = usePlace();
  const may = useMay();
  const viewer = useViewer();
  const loading = useLoading(may("reports:read"));
  const part = PARTS.find(({ address }) => address === path);
  const open = PARTS.filter(({ needs }) => may(needs));
  return (
    <>
      <Tabs
        label="Operations"
        items={open.map(({ address, title }) => ({ address, title, isOpen: address === path }))}
      />
      {loading && <HowFar loading={loading} />}
      {!part && <Empty title="There is no such page">Choose one above.</Empty>}
      {part && viewer && !may(part.needs) && (
        <Closed>
          {part.title} needs a key with the scope {part.needs}. Yours is of the role {viewer.role}.
        </Closed>
      )}
      {part && (!viewer || may(part.needs)) && <part.view />}
    </>
  );
}
