import {Connection} from "./connection.js";
import {People} from "./people.js";
import {$, showMessage, showNote, showPeople, showRooms, showState, showTyping} from "./view.js";

const TYPING_EVERY = 2000;
const TYPING_SHOWN = 4000;
const ROOMS_EVERY = 5000;

const people = new People();
const typing = new Map();

let connection = null;
let me = "";
let room = location.hash ? decodeURIComponent(location.hash.slice(1)).slice(0, 32) : "lobby";
let shownRoom = "";
let rooms = {};
let typedAt = 0;
let countdown = 0;

async function address() {
	const server = await (await fetch("chat/server")).json();
	const scheme = location.protocol === "https:" ? "wss:" : "ws:";
	return server.url ?? `${scheme}//${location.hostname}:${server.port}${server.path}`;
}

function changed(state, wait) {
	clearInterval(countdown);
	if (state === "open") {
		connection.send({type: "join", name: me, room});
		connection.send({type: "rooms"});
	}
	else if (state === "waiting") {
		const until = Date.now() + wait;
		const show = () => showState(state, `Reconnecting in ${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s`);
		countdown = setInterval(show, 500);
		show();
	}
	else {
		showState(state, "Connecting");
	}
}

const receivers = {
	joined(event) {
		people.reset(event.node, event.members);
		typing.clear();
		me = event.name;
		showState("open", "Connected");
		$("room-title").textContent = event.room;
		if (shownRoom !== event.room) {
			$("messages").replaceChildren();
			showNote(`You are in ${event.room}`);
			shownRoom = event.room;
		}
		else {
			showNote("Connected again");
		}
		$("text").focus();
	},
	entered(event) {
		people.add(event.node, event.name);
		showNote(`${event.name} is here`);
	},
	left(event) {
		people.remove(event.node, event.name);
		typing.delete(event.name);
		showNote(`${event.name} has left`);
	},
	here(event) {
		people.replace(event.node, event.members);
	},
	message(event) {
		typing.delete(event.from);
		showMessage(event, me);
	},
	typing(event) {
		typing.set(event.name, Date.now());
	},
	rooms(event) {
		rooms = event.rooms;
	},
	error(event) {
		showNote(event.message, true);
	}
};

function received(event) {
	receivers[event.type]?.(event);
	show();
}

function show() {
	people.forgetSilent();
	for (const [name, at] of typing) {
		if (Date.now() - at > TYPING_SHOWN) {
			typing.delete(name);
		}
	}
	showTyping([...typing.keys()]);
	showPeople(people.names(), me);
	showRooms({...rooms, [room]: people.names().length}, room, enter);
}

function enter(name) {
	room = name;
	history.replaceState(null, "", `#${encodeURIComponent(room)}`);
	$("side").classList.remove("shown");
	$("people-toggle").setAttribute("aria-expanded", "false");
	connection.send({type: "join", name: me, room});
	connection.send({type: "rooms"});
}

function say() {
	const text = $("text").value.trim();
	if (text && connection.send({type: "say", text})) {
		$("text").value = "";
		grow();
		typedAt = 0;
	}
}

function grow() {
	$("text").style.height = "auto";
	$("text").style.height = `${$("text").scrollHeight + 2}px`;
}

$("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	say();
});

$("text").addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		say();
	}
});

$("text").addEventListener("input", () => {
	grow();
	if ($("text").value && Date.now() - typedAt > TYPING_EVERY && connection.send({type: "typing"})) {
		typedAt = Date.now();
	}
});

$("room-form").addEventListener("submit", (event) => {
	event.preventDefault();
	const name = $("room-name").value.trim();
	if (name) {
		enter(name);
		$("room-name").value = "";
	}
});

$("people-toggle").addEventListener("click", () => {
	const shown = $("side").classList.toggle("shown");
	$("people-toggle").setAttribute("aria-expanded", String(shown));
});

$("welcome").addEventListener("cancel", (event) => event.preventDefault());

$("name-form").addEventListener("submit", (event) => {
	event.preventDefault();
	me = $("name").value.trim();
	if (!me) {
		return;
	}
	sessionStorage.setItem("name", me);
	$("welcome").close();
	connection = new Connection(address, changed, received);
	connection.open();
	setInterval(show, 1000);
	setInterval(() => connection.send({type: "rooms"}), ROOMS_EVERY);
});

$("name").value = sessionStorage.getItem("name") ?? "";
showRooms(rooms, room, () => {});
$("welcome").showModal();
