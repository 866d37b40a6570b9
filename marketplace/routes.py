"""Every URL, by who may call it: start reading here.

Each URL is for a group of people; a feature's queries then name rows by their owner (else 404),
and its policies say whether the act is allowed now.
"""

from marketplace.accounts import endpoints as accounts
from marketplace.associations import endpoints as associations
from marketplace.front import endpoints as front
from marketplace.web.routing import Route, get, group, post
from marketplace.web.visitors import everybody

anyone = group("anyone", everybody)
signed_in = group("signed in", accounts.require_account)

ROUTES: list[Route] = [
    # --- reading the site
    *anyone(
        get("/", front.home),
        get("/missions", front.missions),
        get("/associations", front.for_associations),
        get("/a-propos", front.about),
        get("/accessibilite", front.accessibility),
        get("/vos-donnees", front.privacy),
        get("/sante", front.health),
    ),
    # --- signing in
    *anyone(
        get("/connexion", accounts.sign_in),
        post("/connexion", accounts.ask),
        get("/connexion/code", accounts.code),
        post("/connexion/code", accounts.enter_code),
        get("/connexion/lien/{secret}", accounts.arrive),
        get("/connexion/{link}", accounts.link),
        post("/connexion/{link}", accounts.use_link),
    ),
    *signed_in(
        get("/mon-espace", front.space),
        get("/mon-compte", accounts.show),
        post("/mon-compte", accounts.update),
        post("/mon-compte/adresse", accounts.ask_email_change),
        post("/mon-compte/sessions/{session}/fin", accounts.end_session),
        post("/deconnexion", accounts.sign_out),
    ),
    # --- one's associations
    *signed_in(
        get("/mes-associations", associations.index),
        get("/mes-associations/nouvelle", associations.new),
        post("/mes-associations/nouvelle", associations.create),
        get("/mes-associations/{association}", associations.show),
        get("/mes-associations/{association}/identite", associations.identity),
        post("/mes-associations/{association}/identite", associations.save_identity),
        get("/mes-associations/{association}/adresse", associations.place),
        post("/mes-associations/{association}/adresse", associations.save_place),
        get("/mes-associations/{association}/contact", associations.contact),
        post("/mes-associations/{association}/contact", associations.save_contact),
        get("/mes-associations/{association}/assurance", associations.insurance),
        post("/mes-associations/{association}/assurance", associations.save_insurance),
        get("/mes-associations/{association}/alerte", associations.safeguarding),
        post("/mes-associations/{association}/alerte", associations.save_safeguarding),
        get("/mes-associations/{association}/charte", associations.charter),
        post("/mes-associations/{association}/charte", associations.accept_charter),
        get("/mes-associations/{association}/verification", associations.check),
        post("/mes-associations/{association}/verification", associations.submit),
    ),
    # --- reading a mission, an association: last, so that fixed paths come first
    *anyone(
        get("/missions/{mission}", front.mission),
        get("/associations/{association}", front.association),
    ),
]
