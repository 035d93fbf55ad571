import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { type FacetChoice, MOST_FACETS, parseFacets, writeFacets } from "./facets.ts";
import { HowMany } from "./how-many.tsx";
import { SequenceEditor } from "./sequence-editor.tsx";
import { begun } from "./sequence-field.tsx";
import { parseSequence, sequenceMatcher, sequenceWords } from "./sequences.ts";

interface FacetsFormProps {
  text: string;
  onDone: (text: string) => void;
}

/** Named filters, or named sequences, one below the other. */
export function FacetsForm({ text, onDone }: FacetsFormProps) {
  const [facets, setFacets] = useState(() => started(parseFacets(text)));
  const names = facets.map(({ name, sequence }) => name.trim() || sequenceWords(sequence));
  const isDouble = new Set(names).size < names.length;
  return (
    <form
      className="stack builder"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(writeFacets(facets.map((facet, position) => ({ ...facet, name: names[position]! }))));
      }}
    >
      <p className="soft">Each is a row. An event may be in several of them.</p>
      {facets.map((facet, position) => (
        <Facet
          key={position}
          position={position}
          facet={facet}
          onChange={(changed) => setFacets(facets.with(position, changed))}
          onRemove={facets.length > 1 ? () => setFacets(facets.toSpliced(position, 1)) : null}
        />
      ))}
      {isDouble && (
        <p role="alert" className="count" data-tone="bad">
          Two rows are called the same: give each a name of its own.
        </p>
      )}
      <div className="row end">
        {facets.length < MOST_FACETS && (
          <Button className="button" onPress={() => setFacets([...facets, ...started([])])}>
            Another row
          </Button>
        )}
        {text && (
          <Button className="button" onPress={() => onDone("")}>
            Clear
          </Button>
        )}
        <Button type="submit" className="button primary" isDisabled={isDouble}>
          Apply
        </Button>
      </div>
    </form>
  );
}

const started = (facets: FacetChoice[]): FacetChoice[] =>
  facets.length > 0
    ? facets.map(({ name, sequence }) => ({ name, sequence: begun(sequence) }))
    : [{ name: "", sequence: begun(parseSequence("")) }];

interface FacetProps {
  position: number;
  facet: FacetChoice;
  onChange: (facet: FacetChoice) => void;
  onRemove: (() => void) | null;
}

function Facet({ position, facet: { name, sequence }, onChange, onRemove }: FacetProps) {
  return (
    <fieldset className="facet">
      <legend className="unseen">Row {position + 1}</legend>
      <div className="row">
        <input
          aria-label={`Row ${position + 1}: name`}
          placeholder={sequenceWords(sequence)}
          maxLength={100}
          value={name}
          onChange={({ target }) => onChange({ name: target.value, sequence })}
        />
        {onRemove && (
          <Button className="button quiet small" onPress={onRemove} aria-label={`Remove row ${position + 1}`}>
            Remove
          </Button>
        )}
      </div>
      <SequenceEditor choice={sequence} onChange={(changed) => onChange({ name, sequence: changed })} />
      <HowMany matcher={sequenceMatcher(sequence)} />
    </fieldset>
  );
}
