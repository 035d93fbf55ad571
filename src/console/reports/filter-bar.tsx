import { type ReactNode, useId } from "react";
import { AttributesField } from "../builder/attributes-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";
import { DEFAULT_PERIOD, PERIODS } from "./filter.ts";

const isoDay = (date: Date) =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

/** A number of days up to today, or "own": a first and a last day. */
export function choosePeriod(value: string): void {
  const today = isoDay(new Date());
  if (value === "own") changeParameters({ from: today, to: today, last: null });
  else changeParameters({ from: null, to: null, last: value });
}

interface FilterBarProps {
  /** False where the report does not count customers. */
  withAudience?: boolean;
  /** The periods on offer, in days. */
  periods?: readonly string[];
  children?: ReactNode;
}

/** Period and audience, the same for every report; the address holds them. */
export function FilterBar({ withAudience = true, periods = PERIODS, children }: FilterBarProps) {
  const { search } = usePlace();
  const isOwn = search.has("from");
  return (
    <search className="filters">
      <label className="field">
        Period
        <select
          value={isOwn ? "own" : (search.get("last") ?? DEFAULT_PERIOD)}
          onChange={(event) => choosePeriod(event.target.value)}
        >
          {periods.map((days) => (
            <option key={days} value={days}>
              {days === "1" ? "today" : `last ${days} days`}
            </option>
          ))}
          <option value="own">from … to …</option>
        </select>
      </label>
      <OwnDays />
      {withAudience && <Audience />}
      {children}
    </search>
  );
}

function Audience() {
  const { search } = usePlace();
  return (
    <>
      <WordsField label="Segments" name="segments" placeholder="all" />
      <WordsField label="Regions" name="regions" placeholder="all" />
      <WordsField label="Products" name="products" placeholder="all" />
      <label className="field">
        Who
        <select
          value={search.get("who") ?? ""}
          onChange={(event) => changeParameters({ who: event.target.value || null })}
        >
          <option value="">all</option>
          <option value="named">named</option>
          <option value="anonymous">anonymous</option>
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={search.has("vvip")}
          onChange={(event) => changeParameters({ vvip: event.target.checked ? "yes" : null })}
        />
        VVIP only
      </label>
      <AttributesField label="Whose" name="whose" />
      <SequenceField label="Who did" name="did" empty="anything" />
      <SequenceField label="Who did not" name="didNot" empty="anything" subject="Leaves out customers who" />
    </>
  );
}

/** The first and last day of an own period. */
export function OwnDays() {
  const { search } = usePlace();
  if (!search.has("from")) return null;
  return (
    <>
      <DayField label="From" name="from" />
      <DayField label="To" name="to" />
    </>
  );
}

function DayField({ label, name }: { label: string; name: string }) {
  const { search } = usePlace();
  return (
    <label className="field">
      {label}
      <input
        type="date"
        value={search.get(name) ?? ""}
        onChange={(event) => event.target.value && changeParameters({ [name]: event.target.value })}
      />
    </label>
  );
}

interface WordsProps {
  label: string;
  name: string;
  placeholder?: string;
  /** What may be typed, such as names; anything else may, too. */
  suggested?: readonly string[];
  /** What is typed so far, for suggestions that follow it. */
  onType?: (text: string) => void;
}

/** Values separated by commas, applied when the field loses focus or on Enter. */
export function WordsField({ label, name, placeholder, suggested = [], onType }: WordsProps) {
  const { search } = usePlace();
  const list = useId();
  const value = search.get(name) ?? "";
  const take = (text: string) => text !== value && changeParameters({ [name]: text.trim() || null });
  return (
    <label className="field">
      {label}
      <input
        key={value}
        defaultValue={value}
        placeholder={placeholder}
        list={list}
        onFocus={(event) => onType?.(event.target.value)}
        onChange={(event) => onType?.(event.target.value)}
        onBlur={(event) => take(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget.value)}
      />
      <datalist id={list}>
        {suggested.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </label>
  );
}
