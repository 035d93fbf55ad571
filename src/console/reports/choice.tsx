import { wordsOf } from "../parts/format.ts";
import { changeParameters, useParameter, usePlace } from "../shell/router.ts";

interface ChoiceProps<Value extends string> {
  label: string;
  name: string;
  options: readonly Value[];
  /** The label of a value; by default its words. */
  named?: (value: Value) => string;
}

/** Chooses one value, which the address holds; the first is the default. */
export function Choice<Value extends string>({ label, name, options, named = wordsOf }: ChoiceProps<Value>) {
  const [value, choose] = useParameter(name, options[0]);
  return (
    <label className="field">
      {label}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {named(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The value of the `Choice` with this name. */
export function useChoice<Value extends string>(name: string, options: readonly Value[]): Value {
  const { search } = usePlace();
  const value = search.get(name);
  return options.find((option) => option === value) ?? options[0]!;
}

interface ChoicesProps<Value extends string> extends ChoiceProps<Value> {
  chosen: readonly Value[];
  least: number;
  most: number;
}

/** Chooses some values, which the address holds. */
export function MultiChoice<Value extends string>({
  label,
  name,
  options,
  named = wordsOf,
  ...props
}: ChoicesProps<Value>) {
  const { chosen, least, most } = props;
  const change = (value: Value, isOn: boolean) => {
    const next = options.filter((option) => (option === value ? isOn : chosen.includes(option)));
    changeParameters({ [name]: next.join(",") });
  };
  return (
    <fieldset className="chosen">
      <legend>{label}</legend>
      {options.map((option) => {
        const isOn = chosen.includes(option);
        return (
          <label key={option} className="check">
            <input
              type="checkbox"
              checked={isOn}
              disabled={isOn ? chosen.length <= least : chosen.length >= most}
              onChange={(event) => change(option, event.target.checked)}
            />
            {named(option)}
          </label>
        );
      })}
    </fieldset>
  );
}

/** A whole number within bounds, which the address holds. */
export function NumberChoice({
  label,
  name,
  value,
  most,
}: {
  label: string;
  name: string;
  value: number;
  most: number;
}) {
  return (
    <label className="field">
      {label}
      <input
        type="number"
        min={0}
        max={most}
        value={value}
        onChange={(event) => changeParameters({ [name]: event.target.value })}
      />
    </label>
  );
}

/** The value of the `NumberChoice` with this name. */
export function useNumber(name: string, fallback: number): number {
  const { search } = usePlace();
  const value = Number(search.get(name) ?? fallback);
  return Number.isInteger(value) && value >= 0 ? value : fallback;
}
