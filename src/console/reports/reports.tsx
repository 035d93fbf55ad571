import type { ComponentType } from "react";
import { Empty } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { usePlace } from "../shell/router.ts";
import { AttributionReport } from "./attribution.tsx";
import { ChannelsReport } from "./channels.tsx";
import { FalloutReport } from "./fallout.tsx";
import { FlowReport } from "./flow.tsx";
import { HistogramReport } from "./histogram.tsx";
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
  channels: { title: "Channels", view: ChannelsReport },
  matches: { title: "Match quality", view: MatchQualityReport },
};

/** The parameters of the address that apply to every report. */
const KEPT = ["last", "from", "to", "segments", "regions", "products", "who", "vvip"];

/** All reports, below one bar of period and audience. */
export function ReportsPage() {
  const { path, search } = usePlace();
  const name = path.split("/")[2] || "attribution";
  const report = REPORTS[name];
  const kept = new URLSearchParams([...search].filter(([parameter]) => KEPT.includes(parameter))).toString();
  return (
    <>
      <Tabs
        label="Reports"
        items={Object.entries(REPORTS).map(([other, { title }]) => ({
          address: `/reports/${other}${kept && `?${kept}`}`,
          title,
          isOpen: other === name,
        }))}
      />
      {report ? <report.view key={name} /> : <Empty title="There is no such report">Choose one above.</Empty>}
    </>
  );
}
