import { changeParameters } from "../shell/router.ts";
import { AUDIT_WORDS } from "./audit-words.ts";

/** Which entries are shown; the address holds it. */
export function AuditFilters({ search }: { search: URLSearchParams }) {
  return (
    <search>
      <form className="filters panel bar" onSubmit={(event) => event.preventDefault()}>
        <label className="field">
          What
          <select value={search.get("action") ?? ""} onChange={({ target }) => change("action", target.value)}>
            <option value="">all</option>
            {Object.entries(AUDIT_WORDS).map(([action, words]) => (
              <option key={action} value={action}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <IdFilter label="Customer's id" name="customer" search={search} />
        <IdFilter label="Key" name="by" search={search} />
        <DayFilter label="From" name="from" search={search} />
        <DayFilter label="To, with that day" name="to" search={search} />
      </form>
    </search>
  );
}

interface FilterProps {
  label: string;
  name: string;
  search: URLSearchParams;
}

const change = (name: string, value: string) => changeParameters({ [name]: value.trim() || null, after: null });

function IdFilter({ label, name, search }: FilterProps) {
  const value = search.get(name) ?? "";
  return (
    <label className="field">
      {label}
      <input
        key={value}
        type="search"
        defaultValue={value}
        spellCheck={false}
        onBlur={({ target }) => target.value.trim() !== value && change(name, target.value)}
        onKeyDown={(event) => event.key === "Enter" && change(name, event.currentTarget.value)}
      />
    </label>
  );
}

function DayFilter({ label, name, search }: FilterProps) {
  return (
    <label className="field">
      {label}
      <input type="date" value={search.get(name) ?? ""} onChange={({ target }) => change(name, target.value)} />
    </label>
  );
}
