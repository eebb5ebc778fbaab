/** How many cases a property is tried with: few while working, `PROPERTY_RUNS` (10,000) in CI. */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 1000);
