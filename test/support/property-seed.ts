/** The seed of the random tests. The suite always tries the same inputs; `PROPERTY_SEED=7 npx jest <test>` tries different ones. */
export const PROPERTY_SEED = Number(process.env.PROPERTY_SEED ?? 20_260_701);
