/** A point of a diagram. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A text of a diagram, and its approximate position. */
interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const STEPS = 40;
/** The least width and the height of a character, as parts of the font size. */
const WIDTH = 0.5;
/** The height of a character above the baseline, as a fraction of the font size. */
const HEIGHT = 0.7;

/** Returns the texts of an SVG that one of its lines crosses. */
export function crossedTexts(svg: string): string[] {
  const points = [...svg.matchAll(/<g id="edge\d+"[\s\S]*?<path [^>]*d="([^"]+)"/g)].flatMap(([, path]) => along(path));
  return textsOf(svg)
    .filter(({ left, right, top, bottom }) => points.some(({ x, y }) => x > left && x < right && y > top && y < bottom))
    .map(({ text }) => text);
}

function textsOf(svg: string): PlacedText[] {
  const pattern = /<text [^>]*text-anchor="(\w+)" x="([-\d.]+)" y="([-\d.]+)"[^>]*font-size="([\d.]+)"[^>]*>([^<]*)</g;
  return [...svg.matchAll(pattern)].map(([, anchor, x, y, size, text]) => {
    const width = text.replace(/&#?\w+;/g, ' ').length * Number(size) * WIDTH;
    const left = Number(x) - (anchor === 'middle' ? width / 2 : 0);
    return { text, left, right: left + width, top: Number(y) - Number(size) * HEIGHT, bottom: Number(y) };
  });
}

/** Returns points on the curves of a path: `M` and a point, then `C` and three points for each curve. */
function along(path: string): Point[] {
  const points = [...path.matchAll(/([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  return points.flatMap((_, at) => {
    const curve = points.slice(at, at + 4);
    return at % 3 === 0 && curve.length === 4
      ? Array.from({ length: STEPS }, (_, step) => on(curve, step / STEPS))
      : [];
  });
}

function on([a, b, c, d]: readonly Point[], t: number): Point {
  const between = (from: Point, to: Point): Point => ({
    x: from.x + (to.x - from.x) * t,
    y: from.y + (to.y - from.y) * t,
  });
  const [ab, bc, cd] = [between(a, b), between(b, c), between(c, d)];
  return between(between(ab, bc), between(bc, cd));
}
