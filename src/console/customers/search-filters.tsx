import { changeParameters } from "../shell/router.ts";

/** The filters of the list of customers; the address holds them. */
export function SearchFilters({ search }: { search: URLSearchParams }) {
  const change = (name: string, value: string) => changeParameters({ [name]: value || null, after: null });
  return (
    <search>
      <form className="filters panel bar" onSubmit={(event) => event.preventDefault()}>
        <TextFilter label="Name or identity" name="search" {...{ search, change }} />
        <TextFilter label="Segments" name="segments" {...{ search, change }} />
        <TextFilter label="Regions" name="regions" {...{ search, change }} />
        <label className="field">
          Who
          <select value={search.get("who") ?? "named"} onChange={(event) => change("who", event.target.value)}>
            <option value="all">all</option>
            <option value="named">named</option>
            <option value="anonymous">anonymous</option>
          </select>
        </label>
        <Flag label="VVIP" name="vvip" {...{ search, change }} />
        <Flag label="High risk" name="risk" {...{ search, change }} />
      </form>
    </search>
  );
}

interface FilterProps {
  label: string;
  name: string;
  search: URLSearchParams;
  change: (name: string, value: string) => void;
}

function TextFilter({ label, name, search, change }: FilterProps) {
  const value = search.get(name) ?? "";
  return (
    <label className="field">
      {label}
      <input
        key={value}
        type="search"
        defaultValue={value}
        onBlur={(event) => change(name, event.target.value.trim())}
        onKeyDown={(event) => event.key === "Enter" && change(name, event.currentTarget.value.trim())}
      />
    </label>
  );
}

function Flag({ label, name, search, change }: FilterProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={search.has(name)}
        onChange={(event) => change(name, event.target.checked ? "yes" : "")}
      />
      {label}
    </label>
  );
}
