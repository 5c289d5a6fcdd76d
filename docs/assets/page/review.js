/**
 * The banner of a card that is due for review, on the reader's day: a copy that nobody builds again, or that lies
 * on a disk, says so all the same. What the build has shown stays, whatever the clock of the device says.
 */

/** @param {HTMLElement} banner marked `data-review` with the day until which the card is taken as right */
export function enhance(banner) {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  if (day.join("-") > (banner.dataset.review ?? "")) banner.hidden = false;
}
