import assert from "node:assert/strict";
import test from "node:test";
import { nameIn } from "../../layouts/assets/page/long_lists.mjs";

const span = (className, children) => ({ props: { className, children } });

test("the name of an option is all of a text, and of components what is the name, never the toll", () => {
  assert.equal(nameIn("Mali"), "Mali");
  const row = span("box-words", [span("box-name", "Côte d'Ivoire"), span("box-toll", "1,022")]);
  assert.equal(nameIn(row), "Côte d'Ivoire");
  assert.equal(nameIn(span("box-words", [span("year-bars", undefined), row])), "Côte d'Ivoire");
  assert.equal(nameIn(span("box-words", "5,400")), "");
});
