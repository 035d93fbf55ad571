import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { choosePeriod, OwnDays } from "../reports/filter-bar.tsx";
import { usePlace } from "../shell/router.ts";

/** The default period: today. */
export const TODAY = "1";

const PERIODS = { [TODAY]: "Today", 7: "7 days", 30: "30 days", 60: "60 days", own: "From … to …" };

/** Buttons for today and longer periods. */
export function Period() {
  const { search } = usePlace();
  const chosen = search.has("from") ? "own" : (search.get("last") ?? TODAY);
  return (
    <>
      <div className="field">
        <span id="wallboard-period">Period</span>
        <ToggleButtonGroup
          className="segments"
          aria-labelledby="wallboard-period"
          selectedKeys={[chosen]}
          disallowEmptySelection
          onSelectionChange={([next]) => choosePeriod(String(next))}
        >
          {Object.entries(PERIODS).map(([days, label]) => (
            <ToggleButton key={days} id={days} className="segment">
              {label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <OwnDays />
    </>
  );
}
