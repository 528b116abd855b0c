// The scale of a chart's values: round steps, and where on the page each value lies.

const STEPS = [1, 2, 2.5, 5, 10];

// Takes in every value, and zero unless lines lie so far from it that their course would be lost.
export function scaleOf(values, fromZero, top, height) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const away = !fromZero && least > 0 && least > most * 0.6;
  const low = away ? least : Math.min(0, least);
  const high = Math.max(away ? most : 0, most);
  const step = stepOf((high - low || 1) / 4);
  const bottom = Math.floor(low / step + 1e-9) * step;
  const head = Math.ceil(high / step - 1e-9) * step || step;
  const count = Math.round((head - bottom) / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => Number((bottom + at * step).toPrecision(12)));
  return { ticks, base: away ? bottom : 0, y: (value) => top + height * (1 - (value - bottom) / (head - bottom)) };
}

function stepOf(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return STEPS.map((each) => each * power).find((each) => each >= rough * 0.999);
}

const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });

export const number = (value) => exact.format(value).replace("-", "−");
export const tickName = (value) => (Math.abs(value) < 10_000 ? number(value) : compact.format(value).replace("-", "−"));
