/** A field of the spawn form: what it is called, what stands in it, and what is wrong with that. */
import { useId } from "preact/hooks";

export interface FieldParts {
  readonly label: string;
  readonly value: string;
  readonly changed: (value: string) => void;
  readonly complaint: string | undefined;
  readonly options?: readonly string[];
  readonly placeholder?: string;
  /** Lines that are seen at once, for a text of many. */
  readonly rows?: number;
}

export function Field({ label, complaint, ...parts }: FieldParts) {
  const id = useId();
  const shared = {
    id,
    "aria-invalid": complaint !== undefined,
    "aria-describedby": complaint === undefined ? undefined : `${id}-why`,
  };
  return (
    <div class={parts.rows === undefined ? "spawn-field" : "spawn-field spawn-text"}>
      <label for={id}>{label}</label>
      <Control {...shared} {...parts} />
      {complaint !== undefined && (
        <p class="bad" id={`${id}-why`}>
          {complaint}
        </p>
      )}
    </div>
  );
}

function Control({ options, changed, ...parts }: Omit<FieldParts, "label" | "complaint">) {
  if (options)
    return (
      <select {...parts} onChange={({ currentTarget }) => changed(currentTarget.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  if (parts.rows !== undefined)
    return (
      <textarea {...parts} spellcheck={false} onInput={({ currentTarget }) => changed(currentTarget.value)} />
    );
  return <input {...parts} onInput={({ currentTarget }) => changed(currentTarget.value)} />;
}
