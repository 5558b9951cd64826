/* A list of so many boxes that Dash draws only the rows in view: what is sought in it is sought in its options, as the
   other rows are not on the page. */
const FEWEST = 100; // options from which Dash does so
const whole = new Map(); // the options of each such list, by its id

/* Return the name in an option's label: all of a text, or what is the name among Dash components. */
export function nameIn(label) {
  if (typeof label === "string") return label;
  const parts = [label?.props?.children ?? []].flat();
  if (label?.props?.className === "box-name") return parts.join("");
  return (
    parts
      .filter((part) => part?.props)
      .map(nameIn)
      .find(Boolean) ?? ""
  );
}

/* Leave those options of a long list whose name is wanted; whether the list is one. What is chosen stays chosen. */
export function leave(id, isWanted) {
  if (!whole.has(id)) {
    const options = window.dash_component_api.getLayout(id)?.props.options ?? [];
    if (options.length < FEWEST) return false;
    whole.set(id, options);
  }
  const options = whole.get(id).filter(({ label }) => isWanted(nameIn(label)));
  window.dash_clientside.set_props(id, { options });
  return true;
}
