/** The map as a picture: sectors and warps through WebGL (sigma), and over them what changes all the time. Loaded when a map is looked at. */
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram } from "sigma/rendering";
import { fullness, type Chart } from "./chart.ts";
import { drawOver, type Over } from "./over.ts";
import { inks, portColour } from "./palette.ts";
import type { SpotMap } from "./spots.ts";
import type { Camera, Layer } from "./view.ts";

/** Sizes of dots, in pixels: a sector, the smaller the more there are; a port whose stock nobody knows, and an empty and a full one. */
const sectorSize = (count: number) => Math.max(0.7, Math.min(2, 50 / Math.sqrt(count)));
const portSizes = { unknown: 3, empty: 3, full: 6.5 };
/** How near the eye goes to one sector, and how long that takes, in milliseconds. */
const closeRatio = 0.18;
const flyMs = 400;

export interface SceneEars {
  /** A sector was clicked; undefined for the space between. `adds`: with Shift held, so as to name a second one. */
  picked(sector: number | undefined, adds: boolean): void;
  /** The eye has moved. */
  moved(camera: Camera): void;
}

export interface Scene {
  /** What is known, and where it lies. */
  show(chart: Chart, spots: SpotMap, off: ReadonlySet<Layer>): void;
  /** What lies over it; answers whether something is on its way, so that another picture is wanted. */
  over(over: Over): void;
  look(camera: Camera): void;
  /** Brings a sector before the eye. */
  focus(sector: number): void;
  whole(): void;
  zoom(by: number): void;
  end(): void;
}

/** Whether this browser can draw it. */
export const canDraw = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

/** A picture within an element. */
export function createScene(element: HTMLElement, ears: SceneEars): Scene {
  const graph = new Graph({ type: "undirected", multi: true });
  const sigma = new Sigma(graph, element, {
    edgeProgramClasses: { line: EdgeLineProgram },
    defaultEdgeType: "line",
    labelFont: "system-ui, sans-serif",
    labelSize: 11,
    labelDensity: 0.6,
    labelGridCellSize: 70,
    labelRenderedSizeThreshold: 4,
    defaultDrawNodeHover: () => undefined,
    minCameraRatio: 0.01,
    maxCameraRatio: 3,
    stagePadding: 24,
    zIndex: true,
    allowInvalidContainer: true,
  });
  const canvas = document.createElement("canvas");
  canvas.className = "map-over";
  element.append(canvas);
  let shown: { chart: Chart; spots: SpotMap; off: ReadonlySet<Layer> } | undefined;
  let above: Over | undefined;
  let frame: number | undefined;

  const drawAbove = () => {
    frame = undefined;
    if (!shown || !above) return;
    const { width, height } = sigma.getDimensions();
    const scale = devicePixelRatio;
    if (canvas.width !== width * scale || canvas.height !== height * scale) {
      canvas.width = width * scale;
      canvas.height = height * scale;
    }
    const pen = canvas.getContext("2d")!;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const { spots, chart } = shown;
    const spotOf = (sector: number) => {
      const spot = spots.get(sector);
      return spot && sigma.graphToViewport({ x: spot[0], y: spot[1] });
    };
    const zoom = 1 / Math.sqrt(sigma.getCamera().ratio);
    if (drawOver(pen, above, { chart, spotOf, ink: inks(), zoom, now: performance.now() })) redraw();
  };
  const redraw = () => void (frame ??= requestAnimationFrame(drawAbove));

  function paint(): void {
    if (!shown) return;
    const { chart, spots, off } = shown;
    const ink = inks();
    const colours = { way: ink("map-way"), oneWay: ink("map-one-way"), sector: ink("quiet") };
    const isNew = graph.order === 0;
    const small = sectorSize(spots.size);
    for (const [sector, [x, y]] of spots) {
      const port = off.has("ports") ? undefined : chart.ports.get(sector);
      const full = port && fullness(port);
      graph.mergeNode(sector, {
        x,
        y,
        label: String(sector),
        size:
          port === undefined
            ? small
            : full === undefined
              ? portSizes.unknown
              : portSizes.empty + full * (portSizes.full - portSizes.empty),
        color: port === undefined ? colours.sector : ink(portColour(port.class)),
        zIndex: port === undefined ? 0 : 1,
      });
    }
    for (const gone of graph.filterNodes((node) => !spots.has(Number(node)))) graph.dropNode(gone);
    for (const { from, to, both } of chart.ways) {
      if (!spots.has(from) || !spots.has(to)) continue;
      const color = both ? colours.way : colours.oneWay;
      graph.mergeEdgeWithKey(`${from} ${to}`, from, to, { color, hidden: off.has("warps") });
    }
    sigma.setSetting("labelColor", { color: ink("text") });
    if (isNew) sigma.getCamera().setState({ x: 0.5, y: 0.5 });
    sigma.refresh();
    redraw();
    if (isNew) requestAnimationFrame(() => performance.mark("map drawn"));
  }

  /** The same sectors, elsewhere: a universe that settles says so several times a second. */
  function move(spots: SpotMap): void {
    graph.updateEachNodeAttributes(
      (node, attributes) => {
        const [x, y] = spots.get(Number(node))!;
        return { ...attributes, x, y };
      },
      { attributes: ["x", "y"] },
    );
    sigma.refresh();
  }

  sigma.on("afterRender", redraw);
  sigma.on("clickNode", ({ node, event }) => ears.picked(Number(node), event.original.shiftKey));
  sigma.on("clickStage", () => ears.picked(undefined, false));
  sigma.getCamera().on("updated", ({ x, y, ratio }) => ears.moved({ x, y, ratio }));
  sigma.on("enterNode", () => element.classList.add("pointing"));
  sigma.on("leaveNode", () => element.classList.remove("pointing"));
  const themes = new MutationObserver(paint);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const sizes = new ResizeObserver(() => sigma.resize().refresh());
  sizes.observe(element);
  const flight = () => ({ duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : flyMs });

  return {
    show(chart, spots, off) {
      const before = shown;
      shown = { chart, spots, off };
      const isMoveOnly =
        before?.chart === chart &&
        before.spots.size === spots.size &&
        [...before.off].join() === [...off].join();
      if (isMoveOnly) move(spots);
      else paint();
    },
    over(over) {
      above = over;
      redraw();
    },
    look: (camera) => void sigma.getCamera().setState(camera),
    focus(sector) {
      const spot = sigma.getNodeDisplayData(sector);
      if (!spot) return;
      const ratio = Math.min(sigma.getCamera().ratio, closeRatio);
      void sigma.getCamera().animate({ x: spot.x, y: spot.y, ratio }, flight());
    },
    whole: () => void sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, flight()),
    zoom: (by) => void sigma.getCamera().animate({ ratio: sigma.getCamera().ratio * by }, flight()),
    end() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      themes.disconnect();
      sizes.disconnect();
      sigma.kill();
      canvas.remove();
    },
  };
}
