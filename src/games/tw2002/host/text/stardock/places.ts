/** The StarDock: its ways in and out, the list of its places, and the prompts of all of them. */
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";

const bar = (width: number) => "\xcd".repeat(width);

/** First line of a visit; a picture and a [Pause] follow. */
export const landing = (paper: Paper) => paper.put`~=Landing on Federation StarDock.\n\n`;

/** Where a picture begins. */
export const clearScreen = "\x1b[2J\x1b[H";

export const approach = (paper: Paper) =>
  paper.put`${clearScreen}~b\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4
~K   \xfa       ~w\xfa      ~K\xfa      \xfa   ~W\xfa    ~Y"Easy on the engines," says Control.
~K \xfa     ~W\xdc\xdb\xdb\xdb\xdc   ~K\xfa    ~C\xdc\xdc            ~cRings turn inside of rings ahead of you, lit
~W     ~w\xdc\xdb\xdb~C\xfe~w\xdb~C\xfe~w\xdb~C\xfe~w\xdb\xdb\xdc    ~K\xfa  \xfa          ~cby a thousand bays.  Tugs swarm out to take
~w    \xdf\xdf\xdb\xdb\xdb\xdb\xdb\xdb\xdb\xdf\xdf ~K\xfa         ~W\xfa       ~cyour lines and bring you in.
~K  \xfa     ~w\xdf\xdb\xdf    \xfa    ~K\xfa      \xfa
~b\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4~0\n\n`;

/** After the first [Pause]; the turn is booked below it. */
export const touchdown = (port: string) => (paper: Paper) =>
  paper.put`${clearScreen}~g\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4
~b \xb3~B\xb0\xb1\xb2~b\xb3  ~R.   .  ~b\xb3~B\xb2\xb1\xb0~b\xb3   ~WClamps close around your hull.  Beyond the lock
~b \xb3~B\xb0\xb1\xb2~b\xb3 ~R.  ~W\xdb~R  . ~b\xb3~B\xb2\xb1\xb0~b\xb3   ~Ware more people than you met in a year of space.
~b \xb3~B\xb0\xb1\xb2~b\xb3~K\xdc\xdc\xdc~W\xdb\xdb\xdb~K\xdc\xdc\xdc~b\xb3~B\xb2\xb1\xb0~b\xb3   ~y"Welcome to ${port}," says the bay.
~g\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4~0\n\n`;

export const blastOff = (paper: Paper) =>
  paper.put`\n~mYou return to your ship and blast off from the StarDock.\n`;

export const creditsLine = (credits: number) => (paper: Paper) =>
  paper.put`~gYou have ~Y${commas(credits)}~g credits.\n`;

// ---- prompts

export const dockPrompt = (paper: Paper) => paper.put`~m<~yStarDock~m> Where to? (~Y?=Help~m) `;
export const emporiumPrompt = (paper: Paper) =>
  paper.put`~m<~yHardware Emporium~m> So what are you looking for ~Y(?) ~m? `;
export const yardsPrompt = (paper: Paper) => paper.put`~m<~yShipyards~m> Your option ~Y(?) ~m? `;
export const tavernPrompt = (paper: Paper) => paper.put`~m<~yTavern~m> So what do you want to do ~Y(?) ~m? `;
export const bankPrompt = (paper: Paper) =>
  paper.put`~m<~yGalactic Bank~m> So, how can I help you Citizen? ~Y(?) ~m? `;
export const policePrompt = (paper: Paper) =>
  paper.put`~m<~yFedPolice~m> So, how can I help you Citizen? ~Y(?) ~m? `;
export const libraryPrompt = (paper: Paper) =>
  paper.put`~m<~yLibram Universitatus~m> Select an archive~Y (?=List) ~m? `;

// ---- the lists behind `?`

export const places = (paper: Paper) =>
  paper.put`

~g\xc9${bar(39)}\xbb
~g\xba     Obvious places to go are~Y:         ~g\xba
~g\xba                                       \xba
~g\xba ~m<~gC~m> ~CThe CinePlex Videon Theatres      ~g\xba
~g\xba ~m<~gG~m> ~CThe 2nd National Galactic Bank    ~g\xba
~g\xba ~m<~gH~m> ~CThe Stellar Hardware Emporium~c    ~w~C ~g\xba
~g\xba ~m<~gL~m> ~CThe Libram Universitatus          ~g\xba
~g\xba ~m<~gP~m> ~CThe Federal Space Police HQ~c      ~w~C ~g\xba
~g\xba ~m<~gS~m> ~CThe Federation Shipyards~c         ~w~C ~g\xba
~g\xba ~m<~gT~m> ~CThe Lost Trader's Tavern~c         ~w~C ~g\xba
~g\xba                                       \xba
~g\xba ~m<~Y!~m> ~yStardock Help                    ~w~y ~g\xba
~g\xba ~m<~YQ~m> ~yReturn to your ship and leave     ~g\xba
~g\xc8${bar(39)}\xbc

`;

export const emporiumList = (paper: Paper) =>
  paper.put`
~g\xc9${bar(31)}\xbb
~g\xba~w ~gThe Emporium Daily Specials~Y:~y  ~w~Y~g\xba
~g\xba                               \xba
~g\xba ~m<~gA~m> ~CAtomic Detonators~c        ~w~C ~g\xba
~g\xba ~m<~gB~m> ~CMarker Beacons            ~g\xba
~g\xba ~m<~gC~m> ~CCorbomite Devices~c        ~w~C ~g\xba
~g\xba ~m<~gD~m> ~CCloaking Devices          ~g\xba
~g\xba ~m<~gE~m> ~CSubSpace Ether Probes~c    ~w~C ~g\xba
~g\xba ~m<~gF~m> ~CPlanet Scanners           ~g\xba
~g\xba ~m<~gL~m> ~CLimpet Tracking Mines~c    ~w~C ~g\xba
~g\xba ~m<~gM~m> ~CSpace Mines               ~g\xba
~g\xba ~m<~gP~m> ~CPhoton Missiles~c          ~w~C ~g\xba
~g\xba ~m<~gR~m> ~CLong Range Scanners       ~g\xba
~g\xba ~m<~gS~m> ~CMine Disruptors           ~g\xba
~g\xba ~m<~gT~m> ~CGenesis Torpedoes~c        ~w~C ~g\xba
~g\xba ~m<~gW~m> ~CTransWarp Drives~c         ~w~C ~g\xba
~g\xba ~m<~gY~m> ~CPsychic Probes            ~g\xba
~g\xba                               \xba
~g\xba ~m<~Y!~m> ~yHardware Emporium Help   ~w~y ~g\xba
~g\xba ~m<~YQ~m> ~yLeave the Emporium       ~w~y ~g\xba
~g\xc8${bar(31)}\xbc

`;

export const yardsList = (paper: Paper) =>
  paper.put`
~g\xc9${bar(30)}\xbb
~g\xba~w  ~gThe Federation Shipyards~Y:~y   ~w~Y~g\xba
~g\xba                              \xba
~g\xba ~m<~gB~m> ~CBuy a New Ship           ~g\xba
~g\xba ~m<~gS~m> ~CSell extra Ships         ~g\xba
~g\xba ~m<~gE~m> ~CExamine Ship Specs       ~g\xba
~g\xba ~m<~gP~m> ~CBuy Class 0 Items        ~g\xba
~g\xba ~m<~gR~m> ~CChange Ship Registration ~g\xba
~g\xba                              \xba
~g\xba ~m<~Y!~m> ~yShipyards Help           ~g\xba
~g\xba ~m<~YQ~m> ~yLeave the Shipyards      ~g\xba
~g\xc8${bar(30)}\xbc
`;

export const bankList = (paper: Paper) =>
  paper.put`
~g\xc9${bar(22)}\xbb
~g\xba  The Galactic Bank~Y:  ~g\xba
~g\xba                      \xba
~g\xba ~m<~gD~m> ~CMake a Deposit   ~g\xba
~g\xba ~m<~gE~m> ~CExamine Balance  ~g\xba
~g\xba ~m<~gT~m> ~CTransfer Funds   ~g\xba
~g\xba ~m<~gW~m> ~CWithdraw Funds   ~g\xba
~g\xba                      \xba
~g\xba ~m<~YQ~m> ~yLeave the Bank   ~g\xba
~g\xc8${bar(22)}\xbc
`;

export const policeList = (paper: Paper) =>
  paper.put`~g\xc9${bar(39)}\xbb
~g\xba ~m<~gA~m> ~CApply for a Federal Commission~c   ~w~C ~g\xba
~g\xba ~m<~gC~m> ~CClaim a Federation Reward~c        ~w~C ~g\xba
~g\xba ~m<~gE~m> ~CExamine the Ten Most Wanted List  ~g\xba
~g\xba ~m<~gP~m> ~CPost a Reward on someone          ~g\xba
~g\xba                                       \xba
~g\xba ~m<~Y!~m> ~yFedPolice Help                   ~w~y ~g\xba
~g\xba ~m<~YQ~m> ~yLeave the Police Station          ~g\xba
~g\xc8${bar(39)}\xbc

`;

export const tavernList = (paper: Paper) =>
  paper.put`
~g\xc9${bar(39)}\xbb
~g\xba     Obvious things to do are~Y:         ~g\xba
~g\xba                                       \xba
~g\xba ~m<~gA~m> ~CMake an Announcement              ~g\xba
~g\xba ~m<~gB~m> ~CBuy something from the bar        ~g\xba
~g\xba ~m<~gC~m> ~CEavesdrop on conversations        ~g\xba
~g\xba ~m<~gE~m> ~COrder some food                   ~g\xba
~g\xba ~m<~gG~m> ~CTry your hand at Tri-Cron~c        ~w~C ~g\xba
~g\xba ~m<~gT~m> ~CTalk to the grimy Trader in back~c ~w~C ~g\xba
~g\xba ~m<~gU~m> ~CUse the facilities                ~g\xba
~g\xba                                       \xba
~g\xba ~m<~g;~m> ~RChat with fellow bar-mates        ~g\xba
~g\xba                                       \xba
~g\xba ~m<~Y!~m> ~yTavern Help                       ~g\xba
~g\xba ~m<~YQ~m> ~yLeave the Tavern                  ~g\xba
~g\xc8${bar(39)}\xbc
`;

// ---- help, in our words

export const dockHelp = (paper: Paper) =>
  paper.put`
~gShips are sold in the Shipyards, gear for them in the Hardware Emporium.  The
~gBank keeps credits safe, the Police knows who is wanted, the Tavern and the
~gLibrary have news, old and new.  A visit costs one turn, however long it is.\n\n`;

export const shopHelp = (paper: Paper) =>
  paper.put`
~gType the letter of what you want, or ~Y?~g for the list.  Every offer tells the
~gmost that your ship can carry and you can pay.\n`;
