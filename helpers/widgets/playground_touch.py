"""What is done to the playground's picture, by mouse and by key, as changes of what it shows."""

from helpers.playground.moments import moment_of
from helpers.playground.points import stepped
from helpers.playground.settings import next_class
from helpers.playground.weights import dragged, nudged
from helpers.scenes.playground import epoch_at, place_at, point_at
from helpers.widgets.numbers import number_typed

PAGES = {"PageDown": 1, "PageUp": -1}  # to the next example, and the one before


class Touch:
    """The hands on one playground's picture: what they hold, which map is large, where the cross stands."""

    def __init__(self, playground):
        self.playground, self.large, self.cross = playground, "", None
        self.grip = self.hand = None

    @property
    def drawn(self):
        """What the picture shows of it."""
        return {"large": self.large, "cross": self.cross}

    def heard(self, event):
        """Do what an event of the picture asks for."""
        if event.kind == "copied":
            self.playground.copied()
        else:
            self.playground.do(lambda: self._obey(event))

    def _obey(self, event):
        places = {"plane": self._plane, "example": self._example, "cost curve": self._curve}
        if event.kind == "hover":
            self.large = event.touch
        elif event.touch == "new class" and event.kind in ("click", "double click"):
            self.playground.show(new_class=self._next_class())
        elif event.touch in places:
            places[event.touch](event)
        elif event.touch[:1] in ("W", "b"):
            self._weight(event)
        elif event.touch[:1] in ("A", "X"):
            self._unit(event)
        if event.kind == "drag end":
            self.grip = None

    def _unit(self, event):
        if event.kind == "click":
            self.playground.show(chosen=event.touch)
        elif event.kind == "key" and event.key == "m":
            self.large = "" if self.large == event.touch else event.touch

    def _weight(self, event):
        playground, name = self.playground, event.touch
        value = playground.experiment.weight(name)
        if event.kind == "drag start":
            self.grip = (name, value, event.y)
        new, what = None, None
        if event.kind == "text":
            new = number_typed(event.text)
        elif event.kind == "key":
            new, what = nudged(value, event.key), (name, "keys")
        elif event.moves and self.grip:
            _, start, y = what = self.grip
            new = dragged(start, y - event.y)
        if new is not None:
            playground.change(name, new, what)
        if new is not None or event.kind == "click":
            playground.show(chosen=name)

    def _plane(self, event):
        playground, view = self.playground, self.playground.view
        column = None if event.x is None else point_at(view, event.x, event.y)
        if event.kind == "key":
            self._key_on_plane(event.key)
        elif event.kind == "click" and column is not None:
            playground.show(example=column)
        elif event.kind == "click":
            self.cross = self.cross if event.x is None else None
            place = (self.cross or (0.0, 0.0)) if event.x is None else place_at(view, event.x, event.y)
            shift = event.key == "Shift"
            self._add(place, self._next_class() if shift else playground.picture_settings.new_class)
        elif event.kind == "double click" and column is not None:
            playground.change("remove", playground.experiment.place_of(column))
        elif event.kind == "drag start" and column is not None:
            self._hold(column)
        else:
            self._drag(event)

    def _next_class(self):
        return next_class(self.playground.picture_settings, self.playground.experiment.Y)

    def _add(self, place, new_class):
        if place is not None:
            self.playground.change("add", (*(round(at, 4) for at in place), new_class))

    def _key_on_plane(self, key):
        playground, cross = self.playground, self.cross or (0.0, 0.0)
        if key in PAGES:
            self._turn_to(PAGES[key])
        elif key in ("0", "1", "2"):
            self._add(cross, int(key))
        elif key in ("Delete", "Backspace"):
            playground.change("remove", cross)
        elif key == "e":
            playground.show(example=playground.experiment.nearest(cross))
        self.cross = stepped(cross, key, playground.view.reach) or cross

    def _example(self, event):
        playground = self.playground
        example, reach = playground.picture_settings.example, playground.view.reach
        place = playground.experiment.place_of(example)
        if event.kind == "drag start":
            self._hold(example)
        elif event.kind == "double click" or event.kind == "key" and event.key in ("Delete", "Backspace"):
            playground.change("remove", place)
        elif event.kind == "key" and event.key in PAGES:
            self._turn_to(PAGES[event.key])
        elif event.kind == "key" and (moved := stepped(place, event.key, reach)):
            self._hold(example)
            self._move(moved)
            self.grip = None
        else:
            self._drag(event)

    def _turn_to(self, by):
        playground = self.playground
        playground.show(example=(playground.picture_settings.example + by) % playground.experiment.Y.shape[1])

    def _hold(self, column):
        """Take hold of a point, where it lies now."""
        e = self.playground.experiment
        self.grip, self.hand = (moment_of(e), e.point_at(column)), object()

    def _drag(self, event):
        place = place_at(self.playground.view, event.x, event.y) if event.moves and self.grip else None
        if place is not None:
            self._move(tuple(round(at, 4) for at in place))

    def _move(self, place):
        """Put the point that is held there; where nothing was trained since, in place of its last move."""
        playground, e = self.playground, self.playground.experiment
        if e.where != self.grip[0].where:
            self.grip = moment_of(e), e.point_at(playground.picture_settings.example)
        playground.move_point(*self.grip, place, self.hand)
        playground.show(example=e.Y.shape[1] - 1)

    def _curve(self, event):
        if event.kind == "click" and event.x is not None:
            self.playground.go_back(epoch_at(self.playground.view, event.x))
        elif event.kind == "text":
            self.playground.go_back(number_typed(event.text, self.playground.experiment.epoch, whole=True))
