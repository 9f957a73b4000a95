/** The lists behind `?`: the keys that there are, their labels in the game's own columns. */
import type { Paper } from "./paper.ts";

const bar = (width: number) => "\xcd".repeat(width);

export const commandHelp = (paper: Paper) =>
  paper.put`~!<Help>


~g\xc9${bar(30)}~B 2 0 0 2 ~g${bar(32)}\xbb~0
~g\xba                           ~mGlobal Commands                             ~g\xba~0
~g\xba                           ~Y=~g-~Y=~g-~Y=~g-~Y=~g-~Y=~g-~Y=~g-~Y=~g-~Y=                             ~g\xba~0
~g\xba ~m<~g\`~m>~R Fed. Comm-Link~r   ~w~R ~m<~g'~m>~R Sub-Space Radio~r ~w~R ~m<~g=~m> ~RHailing Frequencies    ~g\xba~0
~g\xba ~m<~g#~m>~R Who's Playing     ~m<~g*~m>~B List All Globals ~m<~g/~m>~R Quick-stats            ~g\xba~0
~g\xba ${"\xc4".repeat(69)} \xba~0
~g\xba        ~mNavigation            Computer              Tactical           ~g\xba~0
~g\xba        ~Y=~g-~Y=~g-~Y==~g-~Y=~g-~Y=            =~g-~Y=~g--~Y=~g-~Y=              =~g-~Y=~g--~Y=~g-~Y=           ~g\xba~0
~g\xba ~m<~gD~m> ~CRe-Display Sector ~m<~gC~m> ~COnboard Computer ~m<~gA~m> ~CAttack Enemy Ship      ~g\xba~0
~g\xba ~m<~gP~m> ~CPort and Trade    ~m<~gX~m> ~CTransporter Pad  ~m<~gE~m> ~CSub-space EtherProbe~c  ~w~C ~g\xba~0
~g\xba ~m<~gM~m> ~CMove to a Sector  ~m<~gI~m> ~CShip Information ~m<~gF~m> ~CTake or Leave Fighters ~g\xba~0
~g\xba ~m<~gL~m> ~CLand on a Planet  ~m<~gT~m> ~CCorporate Menu   ~m<~gG~m> ~CShow Deployed Fighters ~g\xba~0
~g\xba ~m<~gS~m> ~CLong Range Scan   ~m<~gU~m>~C Use Genesis Torp ~m<~gH~m> ~CHandle Space Mines     ~g\xba~0
~g\xba ~m<~gR~m> ~CRelease Beacon    ~m<~gJ~m>~C Jettison Cargo   ~m<~gK~m> ~CShow Deployed Mines    ~g\xba~0
~g\xba ~m<~gW~m> ~CTow SpaceCraft    ~m<~gB~m>~C Interdict Ctrl~c  ~w~C ~m<~gO~m> ~CStarport Construction  ~g\xba~0
~g\xba ~m<~gN~m> ~CMove to NavPoint  ~m<~g!~m>~Y Main Menu Help   ~m<~gY~m> ~CSet NavPoints          ~g\xba~0
~g\xba ~m<~gQ~m> ~YQuit and Exit     ~m<~gZ~m>~Y TradeWars Docs   ~m<~gV~m> ~YView Game Status       ~g\xba~0
~g\xc8${bar(32)} ~Rv3~g ${bar(35)}\xbc~0
`;

export const globalsHelp = (paper: Paper) => {
  paper.put`\n~RTrade Wars 2002 Global Commands\n\n`;
  for (const [key, label] of globals) paper.put`~m<~g${key}~m> ~g${label}\n`;
};

const globals = [
  ["`", "Federation Comm-Link"],
  ["'", "Sub-Space Radio"],
  ["=", "Hailing Frequencies"],
  [";", "Tavern Chat"],
  ["#", "Who's Playing"],
  ["@", "Game Status"],
  ["/", "Quick-stats"],
  ["|", "Toggle Comm Silence"],
  ["^", "Enter Computer Interrogation Mode (CIM)"],
  ["&", "Toggle Screen Pauses"],
  ["\\", "Toggle Online Auto Flee"],
  [":", "Cleanup Mailbox"],
  ["$", "Show Game Access"],
  ["*", "List All Globals"],
] as const;

export const computerHelp = (paper: Paper) =>
  paper.put`
~g\xc9${bar(31)}~B 2 0 0 2 ~g${bar(32)}\xbb
~g\xba ~Y-=-   ~mNavigation~Y   -=-  -=-      ~mMisc      ~Y-=-   -=-   ~mDisplays   ~Y-=-  ~g\xba
~g\xba ~m<~gF~m> ~CCourse Plotter      ~m<~gA~m> ~CMake Announcement    ~m<~gC~m> ~CView Ship Catalog ~g\xba
~g\xba ~m<~gI~m> ~CInter Sector Warps  ~m<~gB~m> ~yBegin Self Destruct  ~m<~gD~m> ~CScan Daily Log    ~g\xba
~g\xba ~m<~gK~m> ~CYour Known Universe ~m<~gN~m> ~CPersonal Settings    ~m<~gE~m> ~CEvil Trader Class ~g\xba
~g\xba ~m<~gR~m> ~CPort Report         ~m<~gO~m> ~CChange Ship Settings ~m<~gG~m> ~CGood Trader Class ~g\xba
~g\xba ~m<~gU~m> ~CT-warp preference~c  ~w~C ~m<~gP~m> ~CFire Photon Missile~c ~w~C ~m<~gH~m> ~CAlien Trader Rank ~g\xba
~g\xba ~m<~gV~m> ~CAvoid Sectors       ~m<~gM~m> ~CRead Your Mail       ~m<~gJ~m> ~CPlanetary Specs   ~g\xba
~g\xba ~m<~gX~m> ~CList Current Avoids ~m<~gS~m> ~CSend Mail            ~m<~gL~m> ~CList Trader Rank  ~g\xba
~g\xba ~Y-=-   ~m   Other  ~Y   -=-  ~m<~gT~m> ~CCurrent Ship Time    ~m<~gY~m> ~CPersonal Planets  ~g\xba
~g\xba ~m<~Y!~m> ~CComputer Help       ~m<~gW~m> ~CUse Mine Disruptor   ~m<~gZ~m> ~CActive Ship Scan  ~g\xba
~g\xba ~m<~YQ~m> ~CExit Computer       ~m ~g ~m  ~C                     ~m<~g;~m> ~CScan Current Ship ~g\xba
~g\xc8${bar(33)} ~Rv3~g ${bar(35)}\xbc
`;

export const stopHelp = (paper: Paper) =>
  paper.put`
~g\xc9${bar(24)}\xbb
~g\xba ~Y-=-~m AutoPilot Help ~Y-=- ~g\xba
~g\xba ~m<~gY~m> ~CYes, stop here     ~g\xba
~g\xba ~m<~gN~m> ~CNo, continue on    ~g\xba
~g\xba ~m<~gE~m> ~CExpress Non-Stop   ~g\xba
~g\xba ~m<~gI~m> ~CShip information   ~g\xba
~g\xba ~m<~gR~m> ~CPort Report        ~g\xba
~g\xba ~m<~gS~m> ~CLong Range Scan    ~g\xba
~g\xba ~m<~gD~m> ~CRe-Display Sector  ~g\xba
~g\xba ~m<~gP~m> ~CPort and Trade     ~g\xba
~g\xba ~m<~Y!~m> ~CAutoPilot Help     ~g\xba
~g\xc8${bar(24)}\xbc
`;

export const cimHelp = (paper: Paper) =>
  paper.raw(
    [
      "",
      "",
      "Interrogation Modes",
      "",
      "<I> Warp Display",
      "<R> Port Report",
      "<F> Warp Route",
      "<E> Explored Sectors",
      "<U> Unexplored Sectors",
      "<S> Set Avoid",
      "<C> Clear Avoid",
      "<?> Menu",
      "<Q> Quit",
      "",
    ].join("\r\n"),
  );
