import { useState } from "react";

interface MinutesProps {
  label: string;
  /** Words before the number. */
  before: string;
  value: number | null;
  onChange: (minutes: number | null) => void;
}

const UNITS = { min: 1, h: 60, days: 1_440 } as const;
type Unit = keyof typeof UNITS;

/** A length of time as people say it, kept in minutes; empty is no limit. */
export function Minutes({ label, before, value, onChange }: MinutesProps) {
  const [chosen, setUnit] = useState<Unit>(() => unitOf(value));
  const unit = value !== null && value % UNITS[chosen] !== 0 ? unitOf(value) : chosen;
  const shown = value === null ? "" : value / UNITS[unit];
  return (
    <span className="length">
      <span>{before}</span>
      <input
        type="number"
        aria-label={label}
        min={0}
        placeholder="any"
        value={shown}
        onChange={({ target }) => onChange(target.value === "" ? null : Math.round(Number(target.value) * UNITS[unit]))}
      />
      <select
        aria-label={`${label}: unit`}
        value={unit}
        onChange={({ target }) => {
          const next = target.value as Unit;
          setUnit(next);
          if (value !== null) onChange(Math.round((value / UNITS[unit]) * UNITS[next]));
        }}
      >
        {Object.keys(UNITS).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The largest unit in which it is a whole number. */
function unitOf(minutes: number | null): Unit {
  if (minutes === null || minutes === 0) return "min";
  if (minutes % UNITS.days === 0) return "days";
  return minutes % UNITS.h === 0 ? "h" : "min";
}
