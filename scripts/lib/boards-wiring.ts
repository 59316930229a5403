/** What is the same for every board, for the page of boards. */
export const WIRING = `## Wiring

**A bell on a relay.** The relay's contact is a switch in the bell's own circuit, and joins nothing of the board to it.

\`\`\`
  bell's supply  +  ────────────┐
                                │ COM
                        relay  ─┤
                                │ NO
                               bell
  bell's supply  -  ────────────┘

  board's pin ──┬── IN   ┐
                │        │ relay module, supplied with 5 V
               10 k      │
                │        │
  GND ──────────┴── GND  ┘
\`\`\`

- **Pull-down.** 10 k from the relay's pin to GND keeps the relay off from power-up until the firmware runs, and while
  the chip is being flashed. A module that closes on a low level needs 10 k to 3.3 V instead, and a board file of its
  own with \`on: 0\`.
- **NO, not NC.** With the normally closed contact the bell rings whenever the board has no power.
- **Supply.** 5 V and 500 mA for board and relay; a relay takes 40 to 90 mA, the radio up to 400 mA for moments. A bell
  with a supply of its own disturbs the board least. If the board restarts whenever it rings, the supply is too weak.

**A solenoid, a chime or a small bell of up to 24 V without a relay.** A transistor takes the relay's place:

\`\`\`
  + 5 to 24 V ──┬───────────┐
                │           │
            solenoid     diode, its ring (cathode) to +
                │           │
                ├───────────┘
                │ drain
  pin ── 220 ──┤  logic-level N-channel MOSFET, such as IRLZ44N
                │ source
  pin ── 10 k ──┴── GND of the supply, and GND of the board
\`\`\`

- **Flyback diode.** Across each coil of direct current, the ring to plus: 1N4007, or 1N5819 for quick strokes. Without
  it the coil answers each end of a stroke with some hundred volts, which kill the transistor. Relay modules and
  shields have theirs. A bell of alternating current takes no diode: put a varistor or 100 nF with 100 ohms across it.
- **Heat.** A solenoid is made for short strokes. \`guard\` in [settings](settings.md) limits a stroke and the share of
  on-time.
- **Polarity.** The transistor closes on a high level, as every board here does.
`;
