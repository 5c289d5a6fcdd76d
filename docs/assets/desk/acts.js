/** What an agent does with an answer beside copying the reply. */

/**
 * @param {import("./pane.js").Pane} pane
 * @param {ReturnType<typeof import("./flag.js").flagPanel>} flag
 * @param {(place: number) => void} turn to an answer
 * @param {() => boolean} answer turns to the first, if there is a question instead
 */
export function actsOn(pane, flag, turn, answer) {
  return {
    /** @param {number} place */
    copyAt(place) {
      turn(place);
      pane.copy();
    },

    async copyPiece() {
      answer();
      await pane.settled;
      pane.steps.copyNext();
    },

    async correct() {
      answer();
      await pane.settled;
      const about = pane.about();
      if (about) flag.open(about.card, about.texts, about.sentence);
    },
  };
}
