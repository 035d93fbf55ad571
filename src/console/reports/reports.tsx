import type { ComponentType } from "react";
import { Empty } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { usePlace } from "../shell/router.ts";
import { AttributionReport } from "./attribution.tsx";
import { ChannelsReport } from "./channels.tsx";
import { CohortsReport } from "./cohorts.tsx";
import { ExploreReport } from "./explore.tsx";
import { FalloutReport } from "./fallout.tsx";
import { reportAddress } from "./filter.ts";
import { FlowReport } from "./flow.tsx";
import { HistogramReport } from "./histogram.tsx";
import { KeyFiguresReport } from "./key-figures.tsx";
import { MatchQualityReport } from "./match-quality.tsx";
import { OverlapReport } from "./overlap.tsx";
import { PropensityReport } from "./propensity.tsx";
import "../customer/customer.css";
import "./reports.css";

const REPORTS: Record<string, { title: string; view: ComponentType }> = {
  attribution: { title: "Attribution", view: AttributionReport },
  propensity: { title: "Call propensity", view: PropensityReport },
  overlap: { title: "Overlap", view: OverlapReport },
  flow: { title: "Flow", view: FlowReport },
  fallout: { title: "Fallout", view: FalloutReport },
  histogram: { title: "How often", view: HistogramReport },
  cohorts: { title: "Cohorts", view: CohortsReport },
  kpis: { title: "Key figures", view: KeyFiguresReport },
  channels: { title: "Channels", view: ChannelsReport },
  explore: { title: "Explore", view: ExploreReport },
  matches: { title: "Match quality", view: MatchQualityReport },
};

/** All reports, below one bar of period and audience. */
export function ReportsPage() {
  const { path, search } = usePlace();
  const name = path.split("/")[2] || "attribution";
  const report = REPORTS[name];
  return (
    <>
      <Tabs
        label="Reports"
        items={Object.entries(REPORTS).map(([other, { title }]) => ({
          address: reportAddress(search, other),
          title,
          isOpen: other === name,
        }))}
      />
      {report ? <report.view key={name} /> : <Empty title="There is no such report">Choose one above.</Empty>}
    </>
  );
}
