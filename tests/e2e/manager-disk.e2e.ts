/** The disk is full: bots play on, whoever wants a change is told why not, and it passes by itself. */
import { expect, test } from "bun:test";
import { scratch } from "./harness.ts";
import { fillDisk, smallDisk } from "./storm/disk.ts";
import { makeField } from "./storm/field.ts";

const { folder, remove } = scratch();
const disk = smallDisk(folder);
if (typeof disk === "string") {
  remove();
  test.skip(`a full disk (${disk})`, () => undefined);
} else {
  test("a full disk", async () => {
    const field = await makeField({ latencyMs: 50, stateFolder: disk.folder });
    try {
      await field.startManager();
      await field.spawn(6);
      const figures = await fillDisk(field, disk);
      console.log(
        `R10: ${figures.refused} requests refused, ${figures.acknowledged} acknowledged, ${figures.lost.length} lost, ` +
          `taken again ${figures.recoveredMs.toFixed(0)} ms after there was room`,
      );
      expect(figures.otherAnswers).toEqual([]);
      expect(figures.lost).toEqual([]);
      expect(figures.stoodStill).toEqual([]);
      expect(figures.restarted).toEqual([]);
      expect(figures).toMatchObject({ full: "degraded", freed: "ok" });
    } finally {
      disk.free();
      await field.close();
      disk.remove();
      remove();
    }
  }, 90_000);
}
